import { Button, TextInput } from '@mantine/core'
import {
  DataTable,
  ErrorState,
  Loaded,
  Notice,
  Panel,
  StateMark,
  formatAgo,
  formatCost,
  formatCount,
  formatTime,
  formatPercent,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { measureWords } from './measure-words.ts'

const readDrift = (name: string) => api.get('/registry/agents/:name/drift', { params: { name } })
type Watched = Awaited<ReturnType<typeof readDrift>>['watched'][number]

/** Whether an agent does as it did: each outcome that is watched, and what became worse. */
export function OutcomesPanel({ name }: { name: string }) {
  const drift = useQuery({ queryKey: ['agents', 'drift', name], queryFn: () => readDrift(name) })
  return (
    <Panel title="As it was?" note="each run held against all before it" flush>
      <Loaded of={drift} what="Reading outcomes" lines={3}>
        {({ watched }) => (
          <>
            {watched.map((each) => (
              <AlarmNotice key={each.measure} name={name} watched={each} />
            ))}
            <DataTable
              caption="Outcomes that are watched"
              rows={watched}
              keyOf={({ measure }) => measure}
              columns={[
                {
                  key: 'measure',
                  title: 'Outcome',
                  isWide: true,
                  render: ({ measure }) => measureWords[measure].outcome,
                },
                {
                  key: 'state',
                  title: 'State',
                  width: '140px',
                  render: ({ alarm }) => (
                    <StateMark state={alarm === null ? 'good' : 'warn'}>
                      {alarm === null ? 'as before' : 'worse'}
                    </StateMark>
                  ),
                },
                {
                  key: 'mean',
                  title: 'Mean',
                  isNumber: true,
                  width: '120px',
                  render: ({ measure, mean }) => formatMean(measure, mean),
                },
                {
                  key: 'count',
                  title: 'Runs',
                  isNumber: true,
                  width: '90px',
                  render: ({ count }) => formatCount(count),
                },
                {
                  key: 'evidence',
                  title: 'Evidence of a change',
                  isNumber: true,
                  isSecondary: true,
                  width: '190px',
                  render: ({ evidence, limit }) => `${evidence.toPrecision(2)} of ${formatCount(limit)}`,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function AlarmNotice({ name, watched: { measure, alarm } }: { name: string; watched: Watched }) {
  const client = useQueryClient()
  const [because, setBecause] = useState('')
  const accept = useMutation({
    mutationFn: () =>
      api.post('/registry/agents/:name/drift/accept', { params: { name }, body: { measure, because } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents'] }),
  })
  if (alarm === null) return null
  const { before, after, since } = alarm
  return (
    <Notice tone="warn" title={`${measureWords[measure].worse} than before`}>
      <p>
        {formatMean(measure, after.mean)} of {formatCount(after.count)} runs since {formatTime(since.atMs)}{' '}
        (version {since.version}), {formatMean(measure, before.mean)} of {formatCount(before.count)} before.{' '}
        {did[alarm.did]} Found {formatAgo(alarm.atMs, Date.now())}.
      </p>
      <form
        className="hl-row"
        onSubmit={(event) => {
          event.preventDefault()
          accept.mutate()
        }}
      >
        <TextInput
          label="Why it is as it should be"
          value={because}
          onChange={(event) => setBecause(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="compact-sm"
          variant="default"
          disabled={because.trim() === ''}
          loading={accept.isPending}
        >
          Watch anew from here
        </Button>
      </form>
      {accept.isError ? <ErrorState error={accept.error} /> : null}
    </Notice>
  )
}

const did = {
  told: 'Its runs go on.',
  paused: 'It is paused.',
  'rolled-back': 'New runs get the version before.',
  'canary-ended': 'The canary has been ended.',
} as const

function formatMean(measure: Watched['measure'], mean: number): string {
  return measure === 'cost' ? formatCost(mean) : formatPercent(mean)
}
