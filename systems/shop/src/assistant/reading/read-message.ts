import type { Understanding } from '../../domain/constraints.ts'
import { offeredIn } from '../../understand/offered.ts'
import type { TurnInputs } from '../conversations/tables.ts'
import type { TurnContext } from '../turn-context.ts'
import type { Choose } from '../choosing/choose-with-model.ts'
import type { ReadByModel, ReadTurn } from './read-with-model.ts'
import { heardBy } from './reading.ts'
import type { Heard, ReadKind } from './reading.ts'
import type { Product } from '../../domain/product.ts'

/** A model that reads what shoppers write, and chooses what answers it. */
export interface Reader {
  read: ReadTurn
  choose: Choose
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
  /** What it was shown, in the order of its places. */
  inSight: readonly Product[]
  /** What the rules heard and a model did not: it is said beside the answer. */
  caution: Caution | null
}

/** Somebody may be in danger after all; somebody may have to be kept from something after all. */
export type Caution = { kind: 'danger'; isOfMedicine: boolean } | { kind: 'allergy'; what: readonly string[] }

/** Intents of which the model is only asked whether they are what was meant: what it says instead is no more than an answer in words. */
const doubted: ReadonlySet<Understanding['intent']> = new Set(['add-to-cart', 'alert', 'auto-buy', 'returns'])
/** Dangers that are never taken for anything else. */
const undoubted: ReadonlySet<Understanding['topic']> = new Set(['self-harm', 'violence'])
/** Kinds of a message that may have been taken for a danger by its words: each of them is about goods. */
const ofGoods: ReadonlySet<ReadKind> = new Set([
  'find',
  'cheaper',
  'dearer',
  'question',
  'price',
  'compare',
  'how-to',
])

/** The message as a model read it; null where the rules' own reading stands. */
export async function readByModel(
  { message, state }: TurnInputs,
  { understanding, vocabulary, lexicon, page, shown, list }: TurnContext,
  { tenantId, signal }: TurnOrigin,
  ask: ReadTurn,
): Promise<ReadMessage | null> {
  const { intent, topic } = understanding
  if (undoubted.has(topic) || offeredIn(message, lexicon.language) !== null) return null
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
  const { kind } = by.reading
  const isAllergy = intent === 'allergy' && understanding.keptFrom.length > 0
  const isAlarm = intent === 'care' || isAllergy
  const isTakenBack = isAlarm && (ofGoods.has(kind) || (intent === 'care' && kind === 'allergy'))
  if (isAlarm && !isTakenBack && !(isAllergy && kind === 'allergy')) return null
  if (doubted.has(intent) && (kind === 'act' || kind === 'returns')) return null
  const heard = heardBy(by.reading, {
    message,
    said: understanding,
    recent: [...recent, state.search?.text ?? ''],
    shown: inSight,
    vocabulary,
    lexicon,
  })
  if (heard === null) return null
  // What either of them heard to hurt somebody is kept from them.
  if (isAllergy && kind === 'allergy')
    heard.understanding.keptFrom = [
      ...new Set(
        [...understanding.keptFrom, ...heard.understanding.keptFrom].map((one) => one.toLowerCase()),
      ),
    ]
  const caution: Caution | null = !isTakenBack
    ? null
    : intent === 'care'
      ? { kind: 'danger', isOfMedicine: topic === 'medicine' }
      : { kind: 'allergy', what: understanding.keptFrom }
  return { by, heard, inSight, caution }
}
