import { Select } from '@mantine/core'
import { DataTable, Empty, Loaded, Page, Panel, formatCount, formatPercent, useUrlState } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Answer } from '../../src/what-if/answer.ts'
import type { Answered } from '../../src/what-if/ask.ts'
import { variantsOf } from '../../src/what-if/question.ts'
import type { Question } from '../../src/what-if/question.ts'
import type { Figures } from '../../src/live/frames.ts'
import { api } from '../api.ts'
import styles from '../live/live.module.css'
import { AnswerChart } from './answer-chart.tsx'
import { QuestionForm, askWords } from './question-form.tsx'
import { SideBySide } from './side-by-side.tsx'

/** Questions to a floor that is not built yet, answered by many runs. */
export default function WhatIfPage() {
  const [url, setUrl] = useUrlState({ id: '', left: '', right: '' })
  return (
    <Page
      title="What if"
      lead="Many runs of a made floor, or of your own, answer it: each variant several times with the same seeds, as jobs, with the interval of the mean."
    >
      <QuestionForm onAsked={(id) => setUrl({ id, left: '', right: '' })} />
      {url.id === '' ? null : (
        <AnswerView
          id={url.id}
          left={url.left}
          right={url.right}
          onPair={(left, right) => setUrl({ left, right })}
        />
      )}
      <Asked onOpen={(id) => setUrl({ id, left: '', right: '' })} />
    </Page>
  )
}

function AnswerView({
  id,
  left,
  right,
  onPair,
}: {
  id: string
  left: string
  right: string
  onPair: (left: string, right: string) => void
}) {
  const found = useQuery({
    queryKey: ['robots', 'what-if', id],
    queryFn: () => api.get('/what-if/:id', { params: { id } }),
    refetchInterval: (query) =>
      query.state.data && !['running', 'waiting'].includes(query.state.data.state) ? false : 1500,
  })
  return (
    <Loaded of={found} what="Loading the answer">
      {(job) => {
        const { answered } = job
        const progress = `${formatCount(job.runsDone)} of ${formatCount(job.runs)} runs, ${job.state}`
        if (answered === null)
          return (
            <Panel title={job.name} note={progress}>
              <Empty title="The first runs are under way">
                The curve is here as soon as each variant has been run once.
              </Empty>
            </Panel>
          )
        return (
          <Told
            id={id}
            name={job.name}
            answered={answered}
            note={progress}
            left={left}
            right={right}
            onPair={onPair}
          />
        )
      }}
    </Loaded>
  )
}

function Told({
  id,
  name: title,
  answered: { question, answer },
  note,
  left,
  right,
  onPair,
}: {
  id: string
  name: string
  answered: Answered
  note: string
  left: string
  right: string
  onPair: (left: string, right: string) => void
}) {
  const { points } = answer
  const pair = [Number(left || 0), Number(right || points.length - 1)] as const
  const [leftShown, rightShown] = pair
  const zones = useMemo(
    () => [closedIn(question, leftShown), closedIn(question, rightShown)] as const,
    [question, leftShown, rightShown],
  )
  const options = points.map(({ variant, name }) => ({ value: String(variant), label: name }))
  const columns: Column<Answer['points'][number]>[] = [
    { key: 'name', title: 'Variant', isWide: true, render: ({ name }) => name },
    {
      key: 'perHour',
      title: 'Tasks an hour',
      isNumber: true,
      render: ({ perHour }) => formatCount(Math.round(perHour)),
    },
    {
      key: 'interval',
      title: '95 % of the mean',
      isNumber: true,
      render: ({ interval }) =>
        interval
          ? `${formatCount(Math.round(interval[0]))} – ${formatCount(Math.round(interval[1]))}`
          : 'one run',
    },
    {
      key: 'cost',
      title: 'Robot-seconds a task',
      isNumber: true,
      isSecondary: true,
      render: ({ robotSecondsATask }) => formatCount(Math.round(robotSecondsATask)),
    },
    {
      key: 'wait',
      title: 'Waiting',
      isNumber: true,
      isSecondary: true,
      render: ({ waitShare }) => formatPercent(waitShare),
    },
    {
      key: 'rings',
      title: 'Deadlocks (broken)',
      isNumber: true,
      isSecondary: true,
      render: ({ deadlocksFound, deadlocksBroken }) => `${deadlocksFound} (${deadlocksBroken})`,
    },
  ]
  return (
    <>
      <Panel title={title} note={note}>
        <p role="status">{answer.sentence}</p>
        <AnswerChart
          points={points}
          goal={question.goalPerHour}
          axis={askWords[question.ask].axis}
          isCurve={question.ask !== 'closed aisle'}
        />
        <DataTable
          caption="Variants"
          columns={columns}
          rows={points}
          keyOf={({ variant }) => String(variant)}
        />
      </Panel>
      <div className={styles['form']}>
        <Select
          label="Left"
          allowDeselect={false}
          data={options}
          value={String(pair[0])}
          onChange={(value) => onPair(value ?? '0', String(pair[1]))}
        />
        <Select
          label="Right"
          allowDeselect={false}
          data={options}
          value={String(pair[1])}
          onChange={(value) => onPair(String(pair[0]), value ?? '0')}
        />
      </div>
      <SideBySide
        key={`${id} ${pair.join(' ')}`}
        id={id}
        variants={pair}
        names={[points[pair[0]]?.name ?? '', points[pair[1]]?.name ?? '']}
        zones={zones}
      />
    </>
  )
}

/** The aisle that is closed in a variant, as a zone of the picture. */
function closedIn(question: Question, variant: number): Figures['zones'] {
  return variantsOf(question)[variant]?.isClosed
    ? [{ ...question.closed, id: 0, type: 'BLOCKED', reason: 'what if', since: 0 }]
    : []
}

function Asked({ onOpen }: { onOpen: (id: string) => void }) {
  const list = useQuery({
    queryKey: ['robots', 'what-if'],
    queryFn: () => api.get('/what-if'),
    refetchInterval: 5000,
  })
  return (
    <Panel title="Asked before" flush>
      <Loaded of={list} what="Loading what was asked">
        {({ jobs }) =>
          jobs.length === 0 ? (
            <Empty title="Nothing was asked yet">Ask above; the runs go on when you leave the page.</Empty>
          ) : (
            <DataTable
              caption="Questions that were asked"
              columns={[
                { key: 'name', title: 'Question', isWide: true, render: ({ name }) => name },
                { key: 'state', title: 'State', render: ({ state }) => state },
                {
                  key: 'runs',
                  title: 'Runs',
                  isNumber: true,
                  render: ({ runs, runsDone }) => `${formatCount(runsDone)} of ${formatCount(runs)}`,
                },
              ]}
              rows={jobs}
              keyOf={({ id }) => id}
              onOpen={({ id }) => onOpen(id)}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}
