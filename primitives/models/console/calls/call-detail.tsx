import { useQuery } from '@tanstack/react-query'
import { Copy, Loaded, StateMark, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { costText } from '../cost.ts'
import { Facts } from '../facts.tsx'
import type { CallRecord } from '../../src/metering/call-record.ts'
import { cacheWords, callStates, errorWords } from '../words.ts'
import { CallLife } from './call-life.tsx'

/** Everything that is known of one call. */
export function CallDetail({ callId }: { callId: string }) {
  const found = useQuery({
    queryKey: ['models', 'call', callId],
    queryFn: ({ signal }) => api.get('/calls/:callId', { params: { callId }, signal }),
  })
  return (
    <Loaded of={found} what="Loading the call">
      {({ call, text }) => (
        <div className="hl-stack">
          <Outcome call={call} />
          <CallLife call={call} />
          <Facts facts={factsOf(call)} />
          <Usage call={call} />
          {text ? (
            <>
              <Kept title="Request" json={text.request} />
              <Kept title="Answer" json={text.answer} />
            </>
          ) : (
            <p className="hl-fine">
              Prompts and answers are not kept.{' '}
              <span className="hl-code">{'"log": { "prompts": true }'}</span> in the table keeps them from
              then on, with keys blotted out.
            </p>
          )}
        </div>
      )}
    </Loaded>
  )
}

function Outcome({ call }: { call: CallRecord }) {
  const state = callStates[call.status]
  return (
    <div>
      <StateMark state={state.mark}>
        {state.word}, HTTP {call.httpStatus}
      </StateMark>
      <p>{call.errorCode ? errorWords(call.errorCode) : state.means}</p>
      {call.errorCode ? <Copy text={call.errorCode} label="Copy the error’s code" /> : null}
    </div>
  )
}

function factsOf(call: CallRecord): Parameters<typeof Facts>[0]['facts'] {
  return [
    ['Call', <Copy key="id" text={call.id} label="Copy the call’s id" />],
    [
      'Ended',
      <span key="at" className="hl-number">
        {format.formatTime(call.atMs)}
      </span>,
    ],
    [
      'Asked for',
      <span key="model" className="hl-code">
        {call.model}
      </span>,
    ],
    [
      'Answered by',
      call.replicaId === '' ? (
        call.cache === 'hit' || call.cache === 'ready' ? (
          'no replica: the answer was kept'
        ) : (
          'no replica was reached'
        )
      ) : (
        <span key="replica" className="hl-code models-break">
          {call.replicaId}
        </span>
      ),
    ],
    ['Attempts', `${call.attempts}${call.isHedged ? ', hedged: a second replica was asked as well' : ''}`],
    ['Cache', cacheWords[call.cache]],
    ['Spoken', `${call.api}, ${call.isStream ? 'streamed' : 'whole'}, ${call.priority}`],
    ['Tenant and key', `${call.tenantId}, ${call.keyId ?? 'no key'}`],
    ['Cost', costText(call.costMicros, call.isPriced)],
    ...(call.wastedTokens > 0
      ? [
          [
            'Wasted',
            `about ${format.formatCount(call.wastedTokens)} tokens, ${format.formatCost(call.wastedCostMicros)}: attempts that nobody got`,
          ] satisfies [string, string],
        ]
      : []),
  ]
}

function Usage({ call: { usage, isUsageEstimated } }: { call: CallRecord }) {
  return (
    <div>
      <Facts
        facts={[
          ['Input, fresh', format.formatCount(usage.input)],
          ['Input, cached', format.formatCount(usage.cacheRead)],
          ['Written to a cache', format.formatCount(usage.cacheWrite)],
          ['Output', format.formatCount(usage.output)],
          ['of it reasoning', format.formatCount(usage.reasoning)],
        ]}
      />
      {isUsageEstimated ? (
        <p className="hl-fine">Tokens are estimated from bytes: the upstream said nothing of usage.</p>
      ) : null}
    </div>
  )
}

function Kept({ title, json }: { title: string; json: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre className="models-pre">{pretty(json)}</pre>
    </details>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    // Cut to a length that may be kept.
    return json
  }
}
