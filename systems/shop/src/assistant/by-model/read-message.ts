import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { offeredIn } from '../../understand/offered.ts'
import { tokenize } from '../../understand/text.ts'
import type { TurnInputs } from '../conversations/tables.ts'
import type { LookedUp } from '../look-up.ts'
import { ownSearch } from '../plan/effective-search.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { TurnContext } from '../turn-context.ts'
import { contentStems } from '../words.ts'
import type { ModelCall, Said } from './ask-model.ts'
import { heardBy } from './reading.ts'
import type { Caution, ReadKind, ReadMessage } from './reading.ts'

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
  'safety',
])
/** Words of a message that is a greeting and nothing else. */
const mostOfGreeting = 4

/** Whether a model may know better than the rules: not of a danger, a greeting, a pill, or what the store's own words answer. */
export function mayKnowBetter(
  { message }: TurnInputs,
  { understanding, lexicon, page, shown }: TurnContext,
  { plan, facts }: LookedUp,
): boolean {
  const { intent, topic, productType } = understanding
  if (undoubted.has(topic) || offeredIn(message, lexicon.language) !== null) return false
  if (intent === 'chat') return tokenize(message, lexicon).length > mostOfGreeting
  const isOfStore = plan.kind === 'policy' && productType === null && page === null && shown.length === 0
  return !(isOfStore && (facts.policies?.length ?? 0) > 0)
}

/** Whether two lists of things name one in the same words, in whatever forms. */
function sharesWords(some: readonly string[], others: readonly string[], lexicon: Lexicon): boolean {
  const known = new Set(others.flatMap((text) => contentStems(text, lexicon)))
  return some.some((text) => contentStems(text, lexicon).some((stem) => known.has(stem)))
}

/** The message as a model read it; null where the rules' own reading stands. */
export function messageRead(
  { message, state }: TurnInputs,
  { understanding, vocabulary, lexicon }: TurnContext,
  { plan, facts }: LookedUp,
  { model, tookMs }: Pick<ModelCall, 'model' | 'tookMs'>,
  { reading, choice }: Said,
  { goods, inSight }: { goods: readonly Product[]; inSight: readonly string[] },
): ReadMessage | null {
  const { intent, topic } = understanding
  const recent = state.recent ?? []
  const { kind } = reading
  const isAllergy = intent === 'allergy' && understanding.keptFrom.length > 0
  const isAlarm = intent === 'care' || isAllergy
  const isConfirmed =
    isAllergy &&
    (kind === 'allergy' ||
      kind === 'safety' ||
      (ofGoods.has(kind) && sharesWords(reading.without, understanding.keptFrom, lexicon)))
  const isTakenBack = isAlarm && !isConfirmed && (ofGoods.has(kind) || kind === 'allergy')
  if (isAlarm && !isTakenBack && !isConfirmed) return null
  if (doubted.has(intent) && (kind === 'act' || kind === 'returns')) return null
  const byRules = plan.kind === 'results' ? (facts.searched ?? plan.search) : null
  const heard = heardBy(reading, {
    message,
    said: understanding,
    recent: [...recent, state.search?.text ?? ''],
    goods,
    inSight,
    fits: choice.fits,
    limits: (byRules ?? ownSearch(understanding)).constraints.filter((one) => one.kind === 'price'),
    vocabulary,
    lexicon,
  })
  if (heard === null) return null
  // What either of them heard to hurt somebody is kept from them.
  if (isConfirmed)
    heard.understanding.keptFrom = [
      ...new Set(
        [...understanding.keptFrom, ...heard.understanding.keptFrom].map((one) => one.toLowerCase()),
      ),
    ]
  const caution: Caution | null = !isTakenBack
    ? kind === 'safety'
      ? { kind: 'safety' }
      : null
    : intent === 'care'
      ? { kind: 'danger', isOfMedicine: topic === 'medicine' }
      : { kind: 'allergy', what: understanding.keptFrom }
  return { by: { reading, model, tookMs }, heard, caution }
}
