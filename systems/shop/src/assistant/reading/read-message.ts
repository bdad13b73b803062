import type { Understanding } from '../../domain/constraints.ts'
import { offeredIn } from '../../understand/offered.ts'
import type { TurnInputs } from '../conversations/tables.ts'
import type { Evidence } from '../../domain/answer.ts'
import type { Facts } from '../facts.ts'
import type { Plan } from '../plan/plan.ts'
import type { TurnContext } from '../turn-context.ts'
import type { PointAt } from './point-with-model.ts'
import type { ReadByModel, ReadTurn } from './read-with-model.ts'
import { heardBy } from './reading.ts'
import type { Heard } from './reading.ts'

/** A model that reads what shoppers write, and finds what answers it. */
export interface Reader {
  read: ReadTurn
  point: PointAt
}

/** Whose turn it is, and what ends it. */
interface TurnOrigin {
  tenantId: string
  signal: AbortSignal
}

/** A message that a model read, and what the planner makes of it. */
export interface ReadMessage {
  by: ReadByModel
  heard: Heard
}

/** Intents that no model decides: somebody may be in danger, or something may be bought, watched or sent back. */
const ruled: ReadonlySet<Understanding['intent']> = new Set([
  'care',
  'add-to-cart',
  'alert',
  'auto-buy',
  'returns',
])

/** The message as a model read it; null where the rules' own reading stands. */
export async function readByModel(
  { message, state }: TurnInputs,
  { understanding, vocabulary, lexicon, page, shown, list }: TurnContext,
  { tenantId, signal }: TurnOrigin,
  ask: ReadTurn,
): Promise<ReadMessage | null> {
  const isOfAllergy = understanding.intent === 'allergy' && understanding.keptFrom.length > 0
  if (isOfAllergy || ruled.has(understanding.intent) || offeredIn(message, lexicon.language) !== null)
    return null
  const inSight = [
    ...new Map([...(page ? [page] : []), ...list, ...shown].map((one) => [one.id, one])).values(),
  ]
  const recent = state.recent ?? []
  const by = await ask({
    message,
    recent,
    shown: inSight,
    focusId: page?.id ?? state.focusId ?? null,
    searched: state.search?.text ?? null,
    vocabulary,
    lexicon,
    tenantId,
    signal,
  })
  if (by === null) return null
  const heard = heardBy(by.reading, {
    message,
    said: understanding,
    recent: [...recent, state.search?.text ?? ''],
    shown: inSight,
    vocabulary,
    lexicon,
  })
  return heard && { by, heard }
}

/** Intents whose answer may be any line of a listing. */
const answeredByLines: ReadonlySet<Understanding['intent']> = new Set(['product-question', 'how-to'])

/** The lines of the first product's listing that a model says answer the question; none where nothing of the kind is asked. */
export async function pointedAt(
  { message, plan, facts }: { message: string; plan: Plan; facts: Facts },
  { tenantId, signal }: TurnOrigin,
  point: PointAt,
): Promise<ReadonlyMap<string, readonly Evidence[]>> {
  const { intent, topic } = plan.understanding
  const product = facts.products.get(facts.subjectIds[0] ?? '')
  if (plan.kind !== 'product-answer' || !answeredByLines.has(intent) || topic === 'price' || !product)
    return new Map()
  const lines = await point({ question: message, product, facts, tenantId, signal })
  return lines === null ? new Map() : new Map([[product.id, lines]])
}
