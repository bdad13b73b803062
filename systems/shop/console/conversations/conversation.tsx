import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Chip, Copy, Loaded, Page, Panel, StateMark, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { AnswerReplay } from '../answer-replay.tsx'
import { UnderstandingView } from '../search-lab/search-lab.tsx'
import type { ConversationTurn } from '../../src/routes/schemas/conversation.ts'
import { Calls } from './calls.tsx'
import '../shop-console.css'

const states: Record<ConversationTurn['status'], { mark: 'good' | 'bad' | 'busy' | 'warn'; word: string }> = {
  running: { mark: 'busy', word: 'Answering' },
  done: { mark: 'good', word: 'Answered' },
  failed: { mark: 'bad', word: 'Failed' },
  interrupted: { mark: 'warn', word: 'Interrupted' },
}

/** A conversation turn by turn: left what the shopper saw, right why. */
export default function Conversation() {
  const { conversationId } = useParams({ strict: false }) as { conversationId: string }
  const conversation = useQuery({
    queryKey: ['shop', 'conversation', conversationId],
    queryFn: ({ signal }) =>
      api.get('/conversations/:conversationId', { params: { conversationId }, signal }),
  })
  const shopperId = conversation.data?.shopperId
  return (
    <Page
      title={conversation.data?.turns[0]?.message ?? 'Conversation'}
      lead={
        <>
          <Link to={'/shop/conversations' as never}>Conversations</Link> ·{' '}
          <Copy text={conversationId} label="Copy the conversation’s id" />
          {shopperId ? (
            <>
              {' · '}
              <Link to={`/shop/memory?shopper=${encodeURIComponent(shopperId)}` as never}>
                what is remembered of this shopper
              </Link>
            </>
          ) : null}
        </>
      }
    >
      <Loaded of={conversation} what="Loading the conversation" lines={12}>
        {(answer) =>
          answer.turns.map((turn, index) => <Turn key={turn.turnId} turn={turn} number={index + 1} />)
        }
      </Loaded>
    </Page>
  )
}

function Turn({ turn, number }: { turn: ConversationTurn; number: number }) {
  const state = states[turn.status]
  const understanding = turn.plan?.understanding ?? null
  return (
    <Panel
      title={`Turn ${number}`}
      note={`${format.formatTime(turn.startedAtMs)}${turn.device ? ` · ${turn.device}` : ''}${turn.pageProductId ? ` · looking at ${turn.pageProductId}` : ''}`}
      actions={<StateMark state={state.mark}>{state.word}</StateMark>}
      flush
    >
      <div className="shop-turn">
        <div>
          <p className="shop-asked">{turn.message}</p>
          <AnswerReplay parts={turn.parts ?? []} />
          {turn.error ? <p className="hl-dim">It ended with: {turn.error}</p> : null}
        </div>
        <div className="hl-stack">
          <div className="hl-chips">
            <Chip>first content {format.formatDuration(turn.firstContentMs)}</Chip>
            <Chip>whole answer {format.formatDuration(turn.durationMs)}</Chip>
            {turn.verification ? <Chip>worded by {authorOf(turn.verification)}</Chip> : null}
            {turn.verification?.costMicros ? (
              <Chip>cost {format.formatCost(turn.verification.costMicros)}</Chip>
            ) : null}
            {turn.attempt > 1 ? <Chip tone="warn">attempt {turn.attempt}</Chip> : null}
          </div>
          {understanding ? <UnderstandingView understanding={understanding} relaxed={[]} /> : null}
          <Calls calls={turn.calls ?? []} />
          {turn.verification && (turn.verification.written > 0 || turn.verification.modelError) ? (
            <Verification verification={turn.verification} />
          ) : null}
          <p className="hl-fine">
            {turn.version ? `Version ${turn.version}` : ''}
            {turn.inputHash ? (
              <>
                {' · inputs '}
                <Copy text={turn.inputHash.slice(0, 16)} label="Copy the hash of its inputs" />
              </>
            ) : null}
          </p>
        </div>
      </div>
    </Panel>
  )
}

type Checked = NonNullable<ConversationTurn['verification']>

function authorOf({ author, model }: Checked): string {
  if (author === 'composer') return 'the composer'
  const name = model ?? 'a model'
  return author === 'both' ? `${name} and the composer` : name
}

/** Why a model said less than it could. */
const errors: Record<string, string> = {
  'model-slow': 'It was too slow; the composer went on.',
  'model-not-checked': 'It was not asked: what checks a model’s sentences reads English alone.',
  'model-on-trial': 'It was tried out behind this answer, for which nobody waited.',
  'model-not-worth-the-wait': 'Its tries were too slow or said nothing that holds, so it was not asked.',
}

function Verification({ verification }: { verification: Checked }) {
  const { written, kept, replaced, dropped, repeated, rejected, model, modelError } = verification
  return (
    <div>
      <strong>{model ? `${model}, checked against the facts` : 'Checked against the facts'}</strong>
      {modelError ? <p className="hl-dim">{errors[modelError] ?? `It failed: ${modelError}.`}</p> : null}
      {written > 0 ? (
        <p className="hl-dim">
          Of {written} sentences that the model wrote, {kept} were kept, {replaced} replaced and {dropped}{' '}
          dropped{repeated > 0 ? `; ${repeated} had been said` : ''}.
        </p>
      ) : null}
      {rejected.map((each, index) => (
        <p key={`${index} ${each.sentence}`} className="hl-fine">
          <s>{each.sentence}</s> {each.reason}
        </p>
      ))}
    </div>
  )
}
