import type { Understanding } from '../../domain/constraints.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { isToldBy, talkWords } from '../../understand/turn-kind.ts'
import { fold } from '../../language/fold.ts'
import { onlyRefuses } from '../../understand/refusal.ts'
import { searchTextOf } from '../../understand/search-text.ts'
import { askedIn } from '../asked.ts'
import { joinConstraints } from '../../understand/follow-up.ts'
import { namesOtherNoun } from './effective-search.ts'
import { listOf } from './subjects.ts'
import type { EffectiveSearch, PlanContext } from './plan.ts'
import { contentStems, words } from '../words.ts'

/** What a wish for others than those in sight may sound like. */
const mayWant: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'review-question',
  'not-ours',
  'chat',
  'advice',
  // "A different one".
  'compare',
])
/** A message of more words of its own tells something else. */
const mostOwn = 4

/** A search for others than those that were shown, and what the message says of them besides. */
export interface OthersWanted {
  search: EffectiveSearch
  said: string
}

/**
 * "Any others?", "none of these, something with shea butter": the last search without what it showed, and with what else is said. Null where a
 * message asks for no others, or names goods of another kind.
 */
export function othersWanted(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): OthersWanted | null {
  const { previous, lexicon } = context
  const seen = listOf(context)
  const isOfStore = understanding.intent === 'assortment'
  if (previous === null || seen.length === 0 || !(isOfStore || mayWant.has(understanding.intent))) return null
  if (context.isRead === true || context.isSettled === true || context.named !== null) return null
  if (askedIn(message, lexicon).length > 0) return null
  // "I don't like it", and nothing else, of the one that was shown first or looked at.
  if (onlyRefuses(message, lexicon.language)) {
    const refused = context.shown.find(({ id }) => id === context.focusId) ?? context.shown[0]
    const left = [...(previous.seen ?? []), ...(refused === undefined ? [] : [refused.id])]
    return { search: { ...previous, seen: [...new Set(left)] }, said: '' }
  }
  const phrase = new RegExp(anyOf(grammarOf(lexicon.language.code).others), 'iu').exec(message)
  if (phrase === null) return null
  if (saysWhichOther(message.slice(phrase.index + phrase[0].length), previous, lexicon)) return null
  const rest = `${message.slice(0, phrase.index)} ${message.slice(phrase.index + phrase[0].length)}`
  const talk = talkWords(lexicon.language)
  const own = words(rest).filter(
    ({ text }) => !talk.has(fold(text)) && contentStems(text, lexicon).length > 0,
  )
  if (own.length > mostOwn || (understanding.intent === 'compare' && own.length > 0)) return null
  const leftOut = [...new Set([...(previous.seen ?? []), ...seen.map(({ id }) => id)])]
  const ofBrand = brandSaid(understanding, own, context) ?? brandOfSight(rest, context)
  if (ofBrand !== null) return { search: { ...ofBrand, seen: leftOut }, said: ofBrand.text }
  // "What else do you sell?" asks for all there is.
  if (isOfStore) return null
  const isOther =
    own.length > 0 &&
    context.isTypeSold &&
    !saysWith(rest, own[0]?.text ?? '', lexicon) &&
    namesOtherNoun(understanding, previous, context)
  if (isOther) return null
  const said = own.length === 0 ? '' : searchTextOf(rest.replace(/^[\s,;.!?]+/u, ''), lexicon)
  const text = [previous.text, ...own.map(({ text: word }) => word)].join(' ')
  const constraints = joinConstraints(previous.constraints, understanding.constraints)
  return { search: { ...previous, text, constraints, seen: leftOut }, said }
}

/** "Something with honey" is of the same goods, whatever is called honey. */
const saysWith = (text: string, word: string, { language }: Lexicon): boolean =>
  new RegExp(`${anyOf(grammarOf(language.code).with)}\\s+${anyOf([word])}`, 'iu').test(text.toLowerCase())

/** "Another colour": of what stands right behind, which is no name for what was looked for, another is wanted. */
function saysWhichOther(after: string, previous: EffectiveSearch, lexicon: Lexicon): boolean {
  const [, next] = /^\s+([\p{L}\p{N}'’-]+)/u.exec(after) ?? []
  const own = contentStems(next ?? '', lexicon)
  const kind = new Set(contentStems(`${previous.productType ?? ''} ${previous.text}`, lexicon))
  return own.some((stem) => !kind.has(stem)) && !talkWords(lexicon.language).has(fold(next ?? ''))
}

/** "What else did Marsh make?": a search for what the maker that it names makes. Null where it says more, or names none. */
function brandSaid(
  { constraints }: Understanding,
  own: readonly { text: string }[],
  { lexicon }: PlanContext,
): EffectiveSearch | null {
  const made = constraints.find((one) => one.kind === 'facet' && one.name === 'brand' && !one.negated)
  if (made === undefined) return null
  const named = contentStems(made.text, lexicon)
  const isAll = own.every(({ text }) => contentStems(text, lexicon).every((stem) => named.includes(stem)))
  return isAll ? { text: made.text, productType: null, constraints: [made], sort: 'relevance' } : null
}

/** "From that brand": a search for what the maker of the thing in sight makes. Null where that is not said. */
function brandOfSight(text: string, { page, shown, focusId, lexicon }: PlanContext): EffectiveSearch | null {
  const { this: these, the } = grammarOf(lexicon.language.code)
  const brand = (page ?? shown.find(({ id }) => id === focusId) ?? shown[0])?.brand ?? null
  const said = new RegExp(
    String.raw`${anyOf([...these, ...the, ...grammarOf(lexicon.language.code).it])}\s+${anyOf(brandWords(lexicon))}`,
    'iu',
  )
  if (brand === null || !said.test(text)) return null
  const constraint = { kind: 'facet' as const, name: 'brand', values: [brand], negated: false, text: brand }
  return { text: brand, productType: null, constraints: [constraint], sort: 'relevance' }
}

const brandWords = ({ language }: Lexicon): string[] => [...grammarOf(language.code).brand]

/**
 * "The other one", beside two of which one was looked at last: the place of the other in the list, from 1. Null where it is said of none, or
 * which is meant is open.
 */
export function placeOfOther(message: string, context: PlanContext): number | null {
  const list = listOf(context)
  if (list.length !== 2 || context.focusId === null) return null
  const phrases = grammarOf(context.lexicon.language.code)['other-one']
  const said = new RegExp(anyOf(phrases), 'iu').exec(message)
  // "Compare it with the other one" is of both.
  if (said === null || comparesIn(message.replace(said[0], ' '), context.lexicon)) return null
  const at = list.findIndex(({ id }) => id !== context.focusId)
  return list.some(({ id }) => id === context.focusId) ? at + 1 : null
}

const comparesIn = (text: string, { language }: Lexicon): boolean =>
  words(text).some(({ text: word }) => isToldBy(word, ['compare'], language))
