import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiError, Notice, StateMark, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { costText } from '../cost.ts'
import { cacheWords } from '../words.ts'
import { tokensPerSecond } from './chat-run.ts'
import type { ChatRun } from './chat-run.ts'
import { GapChart } from './gap-chart.tsx'

const states: Record<ChatRun['state'], { mark: 'good' | 'bad' | 'busy' | 'idle'; word: string }> = {
  waiting: { mark: 'busy', word: 'Waiting for the first token' },
  writing: { mark: 'busy', word: 'Writing' },
  done: { mark: 'good', word: 'Done' },
  stopped: { mark: 'idle', word: 'Stopped' },
  failed: { mark: 'bad', word: 'Failed' },
}

/** One run: its numbers, what was written, how evenly it came. */
export function RunView({ run }: { run: ChatRun }) {
  const state = states[run.state]
  const isOver = run.endedMs !== null
  return (
    <div className="models-run" aria-busy={!isOver}>
      <div className="models-run-state">
        <StateMark state={state.mark}>{state.word}</StateMark>
        {run.finishReason && isOver ? (
          <span className="hl-fine models-whole">finish: {run.finishReason}</span>
        ) : null}
        {run.answeredBy !== null && run.answeredBy !== run.model ? (
          <span className="hl-fine models-whole">
            answered by <span className="hl-code">{run.answeredBy}</span>
          </span>
        ) : null}
        {run.replicaId ? <span className="hl-code hl-fine hl-cut">{run.replicaId}</span> : null}
      </div>
      <Numbers run={run} />
      {run.error ? (
        <Notice tone="bad" title={<span className="hl-code">{run.error.code}</span>}>
          <p>{run.error.message}</p>
        </Notice>
      ) : null}
      {run.reasoning ? (
        <details>
          <summary className="hl-fine">Reasoning</summary>
          <p className="models-answer hl-dim">{run.reasoning}</p>
        </details>
      ) : null}
      <p className="models-answer" aria-live={isOver ? 'polite' : 'off'}>
        {run.text}
        {run.state === 'writing' ? <span className="models-caret" aria-hidden="true" /> : null}
      </p>
      <GapChart gapsMs={run.gapsMs} />
    </div>
  )
}

function Numbers({ run }: { run: ChatRun }) {
  const metered = useMetered(run)
  const call = metered.data?.call
  // A kept answer comes at once: that is no rate of the model's.
  const rate = run.cache === 'hit' || run.cache === 'ready' ? null : tokensPerSecond(run)
  const numbers: [string, string][] = [
    [
      'First token',
      run.firstTokenMs === null ? '–' : format.formatDuration(run.firstTokenMs - run.startedMs),
    ],
    ['Tokens/s', rate === null ? '–' : format.formatNumber(rate)],
    ['Total', run.endedMs === null ? '–' : format.formatDuration(run.endedMs - run.startedMs)],
    ['In', run.usage ? format.formatCount(run.usage.prompt) : '–'],
    ['Out', run.usage ? format.formatCount(run.usage.output) : '–'],
    ['Cache', run.cache === null ? '–' : cacheWords[run.cache]],
    ['Cost', call ? costText(call.costMicros, call.isPriced) : '–'],
  ]
  return (
    <>
      <dl className="models-run-numbers">
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="hl-number">{value}</dd>
          </div>
        ))}
      </dl>
      {run.callId && run.endedMs !== null ? (
        <span>
          <Link to={'/models/calls' as never} search={{ call: run.callId } as never}>
            This call in the log
          </Link>
        </span>
      ) : (
        <span className="hl-fine">The log has it when it ends</span>
      )}
    </>
  )
}

/** Records are written in batches, some a second. */
const meteredAfterMs = 1000

/** The call's record: its cost is known once it is metered, a moment after its end. */
function useMetered(run: ChatRun) {
  const { callId } = run
  return useQuery({
    queryKey: ['models', 'call', callId],
    enabled: callId !== null && run.endedMs !== null,
    retry: (failures, error) => failures < 4 && error instanceof ApiError && error.status === 404,
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, meteredAfterMs))
      return api.get('/calls/:callId', { params: { callId: callId ?? '' }, signal })
    },
  })
}
