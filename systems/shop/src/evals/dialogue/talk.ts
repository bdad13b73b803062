import { AspectCache } from '../../assistant/aspects/aspect-cache.ts'
import type { ConversationState } from '../../assistant/conversations/tables.ts'
import type { AskModel } from '../../assistant/by-model/ask-model.ts'
import { answerTurn, narrateFacts } from '../../assistant/turn.ts'
import type { TurnOutcome } from '../../assistant/turn.ts'
import { contentStems } from '../../assistant/words.ts'
import type { AnswerPart } from '../../domain/answer.ts'
import type { Constraint } from '../../domain/constraints.ts'
import type { StoreTools } from '../../domain/ports.ts'
import { sampleNowMs } from '../assistant/sample-store.ts'
import type { EvalCatalog } from './catalogs.ts'
import type { SeenAnswer } from './conversation.ts'

export interface Said {
  answer: SeenAnswer
  state: ConversationState
  /** What the answer took for musts. */
  musts: readonly Constraint[]
  outcome: TurnOutcome
}

/** Talks to the assistant as an unknown shopper would, over a catalog in memory. */
export class Talker {
  readonly #catalog: EvalCatalog
  readonly #signal: AbortSignal
  readonly #ask: AskModel | null
  readonly #aspects = new AspectCache()
  #count = 0

  /** `ask`: a model that reads messages and chooses what answers them. */
  constructor(catalog: EvalCatalog, signal: AbortSignal, ask: AskModel | null = null) {
    this.#catalog = catalog
    this.#signal = signal
    this.#ask = ask
  }

  async say(message: string, pageProductId: string | null, state: ConversationState): Promise<Said> {
    const turnId = `turn-${this.#count++}`
    const { store, policies, meant, nearLines, seeRanked, seeFirst, seeReferents } = this.#catalog
    const tools: Pick<StoreTools, 'policies'> = {
      policies: (text, { limit }) => {
        const asked = new Set(contentStems(text))
        const scored = policies
          .map((policy) => ({
            policy,
            score: new Set(
              contentStems(`${policy.section} ${policy.title} ${policy.text}`).filter((word) =>
                asked.has(word),
              ),
            ).size,
          }))
          .filter(({ score }) => score > 0)
          .toSorted((a, b) => b.score - a.score)
        return Promise.resolve(scored.slice(0, limit).map(({ policy }) => policy))
      },
    }
    const stream = answerTurn(
      turnId,
      1,
      { message, pageProductId, device: null, shopperId: null, state, atMs: sampleNowMs },
      {
        tenantId: 'main',
        catalog: store.catalog,
        search: store.search,
        memory: null,
        brandPages: null,
        // An unknown shopper has no account: nothing but policies is ever asked for.
        tools: tools as StoreTools,
        aspects: this.#aspects,
        ...(meant ? { meant } : {}),
        ...(nearLines ? { nearLines } : {}),
        ...(seeRanked ? { seeRanked } : {}),
        ...(seeFirst ? { seeFirst } : {}),
        ...(seeReferents ? { seeReferents } : {}),
        shopperId: null,
        conversationId: 'eval',
        turnId,
        monotonicMs: () => performance.now(),
        signal: this.#signal,
        narrate: narrateFacts,
        ask: this.#ask,
        admit: () => Promise.resolve(() => undefined),
      },
    )
    const parts: AnswerPart[] = []
    for (;;) {
      const next = await stream.next()
      if (!next.done) {
        parts.push(next.value)
        continue
      }
      const { plan, state: after } = next.value
      return {
        answer: seen(parts),
        state: after,
        outcome: next.value,
        musts: [
          ...(plan.search?.constraints ?? plan.understanding.constraints),
          // What the search that was run insisted on, where a message was taken to narrow the last one.
          ...parts.flatMap((part) =>
            part.type === 'data-understanding' ? part.data.constraints.map((chip) => chip.constraint) : [],
          ),
        ],
      }
    }
  }
}

function seen(parts: readonly AnswerPart[]): SeenAnswer {
  return {
    parts,
    text: parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join(''),
    cards: parts.flatMap((part) => (part.type === 'data-products' ? part.data.cards : [])),
    comparison: parts.find((part) => part.type === 'data-comparison')?.data ?? null,
    pills: parts.flatMap((part) => (part.type === 'data-pills' ? part.data.pills : [])),
  }
}
