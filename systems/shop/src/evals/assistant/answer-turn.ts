import type { AspectCache } from '../../assistant/aspects/aspect-cache.ts'
import { answerTurn } from '../../assistant/turn.ts'
import type { Narrate, TurnOutcome } from '../../assistant/turn.ts'
import type { AnswerPart } from '../../domain/answer.ts'
import type { StoreTools } from '../../domain/ports.ts'
import type { EvalTurn } from './questions.ts'
import { sampleNowMs } from './sample-store.ts'
import type { MemoryStore } from './memory-store.ts'

export interface AnsweredTurn {
  parts: AnswerPart[]
  outcome: TurnOutcome
  /** From the question to the first text, and to the end. */
  firstTextMs: number
  wholeMs: number
}

/** Answers one turn of an eval for a known shopper. `onAction`: something asked for an action, which no such turn does. */
export async function answerEvalTurn(
  turn: EvalTurn,
  index: number,
  options: {
    store: MemoryStore
    aspects: AspectCache
    narrate: Narrate
    onAction: () => void
    signal: AbortSignal
  },
): Promise<AnsweredTurn> {
  const { store, aspects, narrate, signal } = options
  const nothing = () => Promise.resolve([])
  const tools: StoreTools = {
    cart: () => Promise.resolve({ items: [], total: { minor: 0, currency: 'USD' } }),
    orders: nothing,
    order: () => Promise.resolve(null),
    policies: nothing,
    propose: () => {
      options.onAction()
      return Promise.reject(new Error('no action was asked for'))
    },
  }
  const beganMs = performance.now()
  const stream = answerTurn(
    `turn-${index}`,
    1,
    {
      message: turn.message,
      pageProductId: turn.pageProductId,
      device: null,
      shopperId: 'shopper',
      state: {},
      atMs: sampleNowMs,
    },
    {
      tenantId: 'main',
      catalog: store.catalog,
      search: store.search,
      memory: null,
      brandPages: null,
      tools,
      aspects,
      shopperId: 'shopper',
      conversationId: 'eval',
      turnId: `turn-${index}`,
      monotonicMs: () => performance.now(),
      signal,
      narrate,
      admit: () => Promise.resolve(() => undefined),
    },
  )
  const parts: AnswerPart[] = []
  let firstTextMs: number | null = null
  for (;;) {
    const next = await stream.next()
    const nowMs = performance.now() - beganMs
    if (next.done) return { parts, outcome: next.value, firstTextMs: firstTextMs ?? nowMs, wholeMs: nowMs }
    if (next.value.type === 'text-delta') firstTextMs ??= nowMs
    parts.push(next.value)
  }
}
