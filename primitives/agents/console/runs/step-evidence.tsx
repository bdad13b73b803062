import {
  EvidencePart,
  Facts,
  Json,
  Notice,
  StateMark,
  formatCost,
  formatCount,
  formatDuration,
  formatTime,
} from '@heavylift/ui'
import type { ReactNode } from 'react'
import type { Happened } from '../../src/run/entry.ts'
import type { Payload } from '../../src/run/payload.ts'
import { stepStates } from './run-picture.ts'
import type { ShownEntry, StepPicture } from './run-picture.ts'
import styles from './runs.module.css'

/** What a step was given, what it made, what it cost, and what happened in it, turn by turn. */
export function StepEvidence({
  step,
  picture,
  entries,
}: {
  step: string
  picture: StepPicture | undefined
  entries: readonly ShownEntry[]
}) {
  if (picture === undefined) return <p className="hl-fine">This step has not begun.</p>
  const state = stepStates[picture.state]
  const happened = entries.map(({ happened: each }) => each as Happened)
  const intent = happened.findLast((each) => each.kind === 'intent')
  const ended = happened.findLast((each) => each.kind === 'ended')
  const answer = happened.findLast((each) => each.kind === 'answer')
  return (
    <div className="hl-stack">
      <StateMark state={state.mark}>{state.word}</StateMark>
      {picture.failure ? (
        <FailureNotice failure={picture.failure} isOver={picture.state === 'failed'} />
      ) : null}
      <Facts
        facts={[
          [
            'Step',
            <span key="id" className="hl-code">
              {step}
            </span>,
          ],
          ['Time', picture.beganMs === null ? '–' : tookText(picture)],
          picture.exit === null ? null : ['Left by', picture.exit],
          picture.begun > 1
            ? [
                'Items',
                `${formatCount(picture.ended)} of ${formatCount(picture.begun)}, ${formatCount(picture.failed)} failed`,
              ]
            : null,
          picture.tries > 0 ? ['Tries', `${picture.tries + 1}`] : null,
          picture.turns > 0 ? ['Turns', formatCount(picture.turns)] : null,
          picture.tokens > 0 ? ['Tokens', formatCount(picture.tokens)] : null,
          picture.tokens > 0 ? ['Cost', formatCost(picture.costMicros)] : null,
          ['Policy', picture.verdict === null ? 'nothing to decide' : verdictText(picture.verdict)],
        ]}
      />
      {intent?.kind === 'intent' ? (
        <EvidencePart title={`Called ${intent.call.tool} of ${intent.call.source}`}>
          <Value payload={intent.call.args} label="Arguments" />
        </EvidencePart>
      ) : null}
      {answer?.kind === 'answer' ? (
        <EvidencePart title={`The model ${answer.model} said`}>
          <Value payload={answer.text} label="Answer of the model" />
        </EvidencePart>
      ) : null}
      {ended?.kind === 'ended' && ended.output ? (
        <EvidencePart title="Made">
          <Value payload={ended.output} label="Output of the step" />
        </EvidencePart>
      ) : null}
      <EvidencePart title="What happened">
        <ol className={styles['journal']}>
          {entries.map((entry) => (
            <li key={entry.seq}>
              <span className="hl-number hl-fine" title={formatTime(entry.atMs)}>
                {new Date(entry.atMs).toISOString().slice(11, 23)}
              </span>
              <span>
                {entry.path === step ? '' : <span className="hl-code">{entry.path} </span>}
                {happenedText(entry.happened as Happened)}
              </span>
            </li>
          ))}
        </ol>
      </EvidencePart>
    </div>
  )
}

export function FailureNotice({
  failure,
  isOver = true,
  actions,
}: {
  failure: { code: string; message: string; path?: string | undefined }
  isOver?: boolean
  actions?: ReactNode
}) {
  return isOver ? (
    <Notice tone="bad" title={failure.path ? `Failed at ${failure.path}` : 'Failed'} actions={actions}>
      <p>{failure.message}</p>
      <p className="hl-code">{failure.code}</p>
    </Notice>
  ) : (
    <Notice tone="warn" title="Failed, and tries again">
      <p>{failure.message}</p>
    </Notice>
  )
}

function Value({ payload, label }: { payload: Payload; label: string }) {
  if ('ref' in payload)
    return (
      <p className="hl-fine">
        {formatCount(payload.bytes)} bytes, kept as <span className="hl-code">{payload.ref}</span>
      </p>
    )
  return <Json value={payload.value} label={label} />
}

function verdictText({ verdict, rule, because }: { verdict: string; rule: string; because: string }): string {
  const words = { allow: 'allowed', ask: 'asked a person', refuse: 'refused' }[verdict] ?? verdict
  return `${words}${rule ? ` by ${rule}` : ''}${because ? `: ${because}` : ''}`
}

/** One entry of the journal as a sentence. */
export function happenedText(happened: Happened): string {
  switch (happened.kind) {
    case 'began':
      return `began (${happened.step})`
    case 'intent':
      return `is about to call ${happened.call.tool} of ${happened.call.source} (${happened.call.effect})`
    case 'outcome':
      if (happened.state === 'lost') return 'the answer was lost: it may have happened'
      return happened.state === 'done' ? 'was answered' : `was refused: ${happened.failure?.message ?? ''}`
    case 'answer':
      return happened.calls.length === 0
        ? `${happened.model} answered`
        : `${happened.model} asked for ${happened.calls.map(({ tool }) => tool).join(', ')}`
    case 'spent':
      return `cost ${formatCost(happened.costMicros)} for an answer that did not come whole`
    case 'again':
      return `failed (${happened.failure.message}); try ${happened.attempt + 1} comes at ${formatTime(happened.untilMs)}`
    case 'verdict':
      return `policy: ${verdictText(happened)}`
    case 'waits':
      return `waits for ${happened.for}`
    case 'ended':
      return happened.exit === 'error'
        ? `failed: ${happened.failure?.message ?? 'no reason was given'}`
        : `ended by ${happened.exit}`
    case 'skipped':
      return happened.passes ? 'was skipped: its condition was not true' : 'was skipped: nothing led to it'
  }
}

export function tookText({ beganMs, endedMs }: Pick<StepPicture, 'beganMs' | 'endedMs'>): string {
  if (beganMs === null) return ''
  return endedMs === null ? 'under way' : formatDuration(Math.max(1, endedMs - beganMs))
}
