import { Button, TextInput } from '@mantine/core'
import { Chip, ErrorState, Panel, formatAgo, formatTime } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { AnswerForm, defaultsOf } from './answer-form.tsx'
import { ShownValue } from './shown-value.tsx'
import { groupBySameness } from './sameness.ts'
import type { Question } from './sameness.ts'
import styles from './approvals.module.css'

/** What runs ask people; those that ask the same are answered together. */
export function Questions({
  questions,
  isOnRun = false,
}: {
  questions: readonly Question[]
  /** On the page of the run itself. */ isOnRun?: boolean
}) {
  return (
    <>
      {groupBySameness(questions).map((group) => (
        <QuestionGroup key={`${group.key} ${group.questions[0]?.runId}`} group={group} isOnRun={isOnRun} />
      ))}
    </>
  )
}

function QuestionGroup({
  group,
  isOnRun,
}: {
  group: ReturnType<typeof groupBySameness>[number]
  isOnRun: boolean
}) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [note, setNote] = useState('')
  const form = group.questions[0]?.form
  const [filled, setFilled] = useState(() => (form === undefined ? {} : defaultsOf(form)))
  const client = useQueryClient()
  const [first] = group.questions
  const keyOf = ({ runId, path }: Question) => `${runId} ${path}`
  const chosen = group.questions.filter((question) => !left.has(keyOf(question)))
  const answer = useMutation({
    mutationFn: async (choice: string) => {
      for (const { runId, path } of chosen)
        await api.post('/runs/:runId/answers', {
          params: { runId },
          body: {
            path,
            choice,
            ...(note === '' ? {} : { note }),
            ...(form !== undefined && choice === first?.choices[0] ? { value: filled } : {}),
          },
        })
    },
    onSettled: () =>
      client.invalidateQueries({
        queryKey: ['agents'],
        predicate: ({ queryKey }) => queryKey[1] !== 'draft',
      }),
  })
  if (first === undefined) return null
  const isMany = group.questions.length > 1
  return (
    <Panel
      title={isMany ? `${group.questions.length} that ask the same: ${group.pattern}` : first.ask}
      note={`for ${first.who.join(', ') || 'anybody who may'}`}
    >
      <div className="hl-stack">
        <ul className={styles['asked']}>
          {group.questions.map((question) => (
            <li key={keyOf(question)}>
              {isMany ? (
                <label className={styles['pick']}>
                  <input
                    type="checkbox"
                    checked={!left.has(keyOf(question))}
                    onChange={() => setLeft(toggled(left, keyOf(question)))}
                  />
                  <span>{question.ask}</span>
                </label>
              ) : null}
              <span className="hl-fine">
                asked {formatAgo(question.openedMs, Date.now())}
                {question.untilMs === null
                  ? ''
                  : ` · until ${formatTime(question.untilMs)}, then as the definition says`}
              </span>
              {isOnRun ? null : (
                <Link to={`/agents/runs/${question.runId}` as '/'} className={styles['toRun']}>
                  See the run
                </Link>
              )}
              {question.kind === 'uncertain' ? (
                <Chip tone="warn">It may have happened: look before you answer</Chip>
              ) : null}
              {question.show === null || question.show === undefined ? null : (
                <ShownValue value={question.show} label={`Evidence for: ${question.ask}`} />
              )}
            </li>
          ))}
        </ul>
        {form === undefined ? null : (
          <>
            <p className="hl-fine">
              A tool asks this in the middle of its work and gets what you fill in. Give it no password.
            </p>
            <AnswerForm schema={form} value={filled} onChange={setFilled} />
          </>
        )}
        {first.url === undefined ? null : (
          <p>
            It wants something done at{' '}
            <a
              href={first.url.startsWith('https:') ? first.url : undefined}
              target="_blank"
              rel="noreferrer noopener"
            >
              {first.url}
            </a>
            . Look at the address before you follow it, then answer here.
          </p>
        )}
        <TextInput
          label="Note"
          placeholder="Kept with the answer"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {answer.isError ? <ErrorState error={answer.error} /> : null}
        <div className="hl-row">
          {first.choices.map((choice, index) => (
            <Button
              key={choice}
              {...(index === 0 ? {} : { variant: 'default' })}
              disabled={chosen.length === 0}
              loading={answer.isPending && answer.variables === choice}
              onClick={() => answer.mutate(choice)}
            >
              {words(choice)}
              {isMany ? ` all ${chosen.length}` : ''}
            </Button>
          ))}
        </div>
      </div>
    </Panel>
  )
}

function toggled(set: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

const verbs: Record<string, string> = {
  approved: 'Approve',
  refused: 'Refuse',
  accept: 'Answer',
  decline: 'Do not answer',
}
const words = (choice: string): string => verbs[choice] ?? choice
