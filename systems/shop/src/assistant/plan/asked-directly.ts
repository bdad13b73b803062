import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { addressesStore, asksOfIt, asksWhich, isAsking, opensWith, saysIt } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { saidBeforeCosts } from '../../understand/lower.ts'
import { packingAsked, weightPacked } from '../compose/net-or-gross.ts'
import { asksIfFrom, originField } from '../compose/origin-answer.ts'
import { listOf } from './subjects.ts'
import type { PlanContext } from './plan.ts'

/** Intents that no such question is heard instead of: somebody is in need, or is kept from something. */
const kept: ReadonlySet<Understanding['intent']> = new Set(['care', 'allergy', 'order-status', 'returns'])

/**
 * What a message asks of what is in sight by how it is put, whatever it sounds like: whether it costs less than something else, whether it is from a country, what it
 * weighs as it is packed, or to have both. Null where it asks none of these.
 */
export function askedDirectly(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): Understanding | null {
  if (kept.has(understanding.intent)) return null
  const { lexicon, page, shown, focusId } = context
  const first = page ?? shown.find(({ id }) => id === focusId) ?? shown[0]
  if (first === undefined) return null
  if (holdsCostAgainst(message, first, context))
    return {
      ...understanding,
      intent: 'compare',
      topic: null,
      reference: null,
      productType: null,
      constraints: [],
    }
  const one = page ?? shown.find(({ id }) => id === focusId) ?? (shown.length === 1 ? shown[0] : undefined)
  const { code } = lexicon.language
  if (one !== undefined && context.mentions.every(({ product }) => product.id === one.id)) {
    const isOfIt = asksOfIt(message, code) || saysIt(message, code)
    const packing =
      isAsking(message, code) && !asksWhichOfThem(message, code) ? packingAsked(message, lexicon) : null
    if (
      (packing !== null && weightPacked(one, packing, lexicon) !== null) ||
      (isOfIt && asksIfFrom(message, lexicon) && originField(one, lexicon) !== null)
    )
      return {
        ...understanding,
        intent: 'product-question',
        topic: null,
        reference: { kind: 'this' },
        productType: null,
        constraints: [],
      }
  }
  return saysOnlyBoth(message, context)
    ? { ...understanding, intent: 'add-to-cart', topic: null, reference: { kind: 'those' } }
    : null
}

/** Whether a message asks if what is in sight costs more or less than something that it names, and not for what does. */
function holdsCostAgainst(
  message: string,
  { id }: Product,
  { mentions, isRead, lexicon }: PlanContext,
): boolean {
  const { code } = lexicon.language
  const { some, something } = grammarOf(code)
  const before = saidBeforeCosts(message, code)
  return (
    !isRead &&
    before !== null &&
    isAsking(message, code) &&
    !addressesStore(message, code) &&
    !new RegExp(anyOf([...some, ...something]), 'iu').test(before) &&
    mentions.some(({ product }) => product.id !== id)
  )
}

/** "Les deux", "both please", where two are in sight. */
function saysOnlyBoth(message: string, context: PlanContext): boolean {
  const { language } = context.lexicon
  const list = listOf(context)
  if (list.length !== 2 && context.shown.length !== 2) return false
  const both = new RegExp(anyOf(grammarOf(language.code).both), 'iu')
  if (!both.test(message) || isAsking(message, language.code)) return false
  const rest = lexemesOf(message.replace(both, ' '), language.code)
  const opened = opensWith(
    rest.map(({ word }) => word),
    [['opener'], ['and']],
    language.code,
  )
  return rest
    .slice(opened)
    .every(
      ({ word, kind }) => kind === 'sign' || language.isFunctionWord(word) || language.isRequestWord(word),
    )
}

/** Romance languages ask what something is by the word for which: "qual o peso?". */
const saysWhichForWhat: ReadonlySet<LanguageCode> = new Set(['fr', 'es', 'it', 'pt'])

const asksWhichOfThem = (message: string, code: LanguageCode): boolean =>
  asksWhich(message, code) && !saysIt(message, code) && !saysWhichForWhat.has(code)
