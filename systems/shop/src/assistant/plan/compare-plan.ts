import type { Understanding } from '../../domain/constraints.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import { asksWhich } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { alikeFirst } from '../alike.ts'
import { inNamedChoice } from '../named-variants.ts'
import { asksPrice } from '../compose/price-answer.ts'
import { contentStems, words } from '../words.ts'
import { effectiveSearch } from './effective-search.ts'
import type { Mention } from './meant.ts'
import type { Plan, PlanContext, Step, Subject } from './plan.ts'
import type { Product } from '../../domain/product.ts'
import { lexiconOf } from '../../language/lexicon.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { calledSo, comparedIn, comparesWith, isCalledExactly, isTalk } from './compared.ts'
import { placesIn } from './places.ts'
import { listOf, referredProducts } from './subjects.ts'

export const sideBySide = (subject: Subject): Step[] => [
  { kind: 'products', subject },
  { kind: 'reviews', subject },
  { kind: 'compare', subject },
]

/** Puts products side by side: those in sight, those named, or the best that a search finds. */
export function comparePlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const base = {
    understanding,
    isRefinement: false,
    clarify: null,
    kind: 'comparison' as const,
  }
  const list = listOf(context)
  if (context.isRead && understanding.reference?.kind === 'shown' && understanding.reference.ids.length > 1) {
    const subject: Subject = { from: 'ids', ids: understanding.reference.ids.slice(0, 6) }
    return { ...base, search: null, steps: sideBySide(subject) }
  }
  const places = placesIn(message, list.length, context.lexicon)
  if (places.length >= 2) {
    const subject: Subject = { from: 'ids', ids: places.flatMap((place) => list[place]?.id ?? []) }
    if (subject.ids.length < places.length)
      return { ...base, kind: 'clarify', search: null, steps: [], clarify: 'too-few' }
    return { ...base, search: null, steps: sideBySide(subject) }
  }
  const referred = understanding.reference ? referredProducts(understanding.reference, context) : []
  const inSight = context.page ? [context.page, ...context.shown] : context.shown
  const current =
    context.page ?? context.shown.find((product) => product.id === context.focusId) ?? context.shown[0]
  // "Which is the cheapest?" asks of all that is in sight; a kind of goods that the store sells asks for others.
  const ofAll =
    isSuperlative(message, context.lexicon.language.code) ||
    asksPrice(message, context.lexicon.language) ||
    asksLeast.test(message)
  // Who asks for the cheapest of those names none of them, whatever size or colour they say.
  const isOfThose = ofAll && understanding.reference?.kind === 'those' && context.mentions.length < 2
  const spoken =
    understanding.spokenLanguage === undefined ? context.lexicon : lexiconOf(understanding.spokenLanguage)
  const meant = isOfThose ? null : comparedByName(message, current ?? null, spoken, context)
  if (meant !== null) return { ...base, search: null, steps: sideBySide({ from: 'ids', ids: meant }) }
  const compared = comparedIn(message, context.lexicon)
  const found = resolved(compared.names, [inSight, list], context.lexicon)
  // "And the other, the A7?": only the second is a name.
  const names = compared.names.filter(
    (name, at) => found[at] !== null || compared.names.length < 2 || !isTalk(name, context.lexicon),
  )
  const named = resolved(names, [inSight, list], context.lexicon)
  const isOfWords =
    /\bdifference\b/i.test(message) &&
    !/\bones?\b/i.test(message) &&
    names.every((name) => /^[\p{L}-]+$/u.test(name))
  if (names.length >= 2 && isOfWords && named.every((id) => id === null) && !context.isTypeSold) {
    // Two words and no products: no listing explains what they mean.
    return { ...base, kind: 'clarify', search: null, steps: [], clarify: 'knowledge' }
  }
  // "And the difference to the other kit?" is between what is looked at and that.
  const [single] = names
  const isToOne =
    names.length === 1 &&
    single !== undefined &&
    compared.saysSo &&
    compared.count === null &&
    // "Vilka är billigast av dom" names none: what nothing is called by stands for no product beside others in sight.
    (understanding.reference?.kind === 'this' ||
      (!context.isTypeSold && list.length < 2 && !asksWhich(message, context.lexicon.language.code)))
  if (isToOne && current && named[0] !== current.id) {
    const subject: Subject = { from: 'found', limit: 2 }
    const [id = null] = named
    return {
      ...base,
      search: null,
      steps: [
        { kind: 'products', subject: { from: 'ids', ids: id === null ? [current.id] : [current.id, id] } },
        ...(id === null ? [findStep(single, understanding)] : []),
        { kind: 'reviews', subject },
        { kind: 'compare', subject },
      ],
    }
  }
  const byId = new Map([...inSight, ...list].map((product) => [product.id, product]))
  const isExact = names.map((name, at) => {
    const product = byId.get(named[at] ?? '')
    return product !== undefined && isCalledExactly(name, product, context.lexicon)
  })
  if (names.length >= 2 && (named.includes(null) || isExact.includes(false))) {
    // Names that are not in sight, or stand for one that may be called otherwise: find each of those.
    const finds = names.slice(0, 4).map((name, at): Step => {
      const id = named[at] ?? null
      if (id !== null && isExact[at] === true)
        return { kind: 'products', subject: { from: 'ids', ids: [id] } }
      return {
        ...findStep(id === null ? ofKind(name, names, message, context) : name, understanding),
        ...(id === null ? {} : { inSight: id }),
      }
    })
    const subject: Subject = { from: 'found', limit: 4 }
    return {
      ...base,
      search: null,
      steps: [...finds, { kind: 'reviews', subject }, { kind: 'compare', subject }],
    }
  }
  const called = new Set(named.filter((id) => id !== null))
  // "The Haruharu and the Medicube one" are two, though other things of Medicube are in sight.
  const pointed =
    called.size < 2 && referred.length > 1 && !isOfThose ? referred.map((product) => product.id) : []
  const ids = [...new Set([...called, ...pointed])]
  // Of one that was looked at since, it is the best of nothing: the list above it is meant.
  const isOfList = ofAll || (inSight.length < 2 && /\bwhich\b/i.test(message))
  const inReach = isOfList && context.page === null ? list : inSight
  const among = ofAll && compared.count === null ? inNamedChoice(message, inReach, context.lexicon) : inReach
  // The cheapest of dinosaur cakes is one of those, whatever other cakes stand below them.
  const alike = ofAll ? alikeFirst(among, context.previous?.text ?? '', context.lexicon) : []
  const pool = ids.length >= 2 ? ids : alike.length >= 2 ? alike : among.map((product) => product.id)
  const wantsNewSearch =
    understanding.productType !== null &&
    context.isTypeSold &&
    ids.length < 2 &&
    understanding.reference === null &&
    !ofAll
  if (pool.length >= 2 && !wantsNewSearch) {
    const subject: Subject = {
      from: 'ids',
      ids: [...new Set(pool)].slice(0, ofAll ? 6 : ids.length >= 2 ? 4 : 3),
    }
    return { ...base, search: null, steps: sideBySide(subject) }
  }
  if (ofAll && pool.length === 1 && !wantsNewSearch) {
    const subject: Subject = { from: 'ids', ids: pool }
    return {
      ...base,
      understanding: {
        ...understanding,
        intent: 'product-question',
        // Of one alone, what it costs answers which is the cheapest.
        topic: /\b(?:cheap|expensive|price|costs?)/i.test(message) ? 'price' : null,
      },
      kind: 'product-answer',
      search: null,
      steps: [
        { kind: 'products', subject },
        { kind: 'questions', subject },
        { kind: 'reviews', subject },
      ],
    }
  }
  // "The two mushroom coffees": so many of what is called so.
  const ofOneName = compared.count !== null && single !== undefined
  const subjectCount = compared.count ?? 3
  // "Which one would you recommend?" names nothing: of what was looked for.
  const search =
    (understanding.productType === null && !ofOneName ? context.previous : null) ??
    effectiveSearch(message, understanding, context).search
  const subject: Subject = { from: 'found', limit: subjectCount }
  return {
    ...base,
    search,
    steps: [
      {
        kind: 'search',
        search,
        limit: subjectCount,
        isGuess: false,
        said: '',
        isRefinement: false,
        refined: null,
        own: null,
        inSight: [],
        beyond: null,
      },
      { kind: 'reviews', subject },
      { kind: 'compare', subject },
    ],
  }
}

/**
 * What is compared by name: the two or more that a message calls; the one that it calls with what is looked at ("how is that different
 * from the peel?"); the last two that were looked at one by one ("the difference between the two"). Null where it says none of these.
 */
function comparedByName(
  message: string,
  current: Product | null,
  spoken: Lexicon,
  { mentions, shown, list, lookedAt, isNoun, lexicon }: PlanContext,
): string[] | null {
  const said = lexemesOf(message, lexicon.language.code)
  const placeOf = ({ own }: Mention): number => said.findIndex(({ word }) => own.includes(word))
  // In the order that they are named in: who then asks of "the second" counts so.
  const ids = mentions.toSorted((a, b) => placeOf(a) - placeOf(b)).map(({ product }) => product.id)
  if (ids.length > 1) return ids
  const [mention] = mentions
  const { names, count } = comparedIn(message, lexicon)
  const [id] = ids
  if (
    id !== undefined &&
    current !== null &&
    id !== current.id &&
    count === null &&
    comparesWith(message, mention?.own ?? [], spoken)
  )
    return [current.id, id]
  const both = new RegExp(anyOf(grammarOf(lexicon.language.code).both), 'iu').exec(message)
  const isOfTwo = count === 2 || both !== null
  // "What can the two do differently, but for their price?", whatever is called so elsewhere.
  const two = list.length === 2 ? list : lookedAt.slice(0, 2)
  const isOfBoth =
    both !== null &&
    isAlone(message.slice(both.index + both[0].length), isNoun, lexicon) &&
    !mentions.some(({ isSeen }) => isSeen)
  if (isOfBoth && shown.length < 3 && two.length === 2) return two.map((product) => product.id)
  if (ids.length > 0 || names.some((name) => !isTalk(name, lexicon))) return null
  if (shown.length > 1) return isOfTwo ? shown.slice(0, 2).map((product) => product.id) : null
  if (list.length === 2) return list.map((product) => product.id)
  return lookedAt.length > 1 ? lookedAt.slice(0, 2).map((product) => product.id) : null
}

/** Whether the words behind a place begin with no noun of the catalog. */
function isAlone(after: string, isNoun: PlanContext['isNoun'], lexicon: Lexicon): boolean {
  const [next] = words(after)
  return next === undefined || !contentStems(next.text, lexicon).some((stem) => isNoun(stem))
}

const asksLeast = /\b(?:least|lowest|save|wallet|budget|bargain|deal)\b/i

function findStep(name: string, understanding: Understanding): Extract<Step, { kind: 'find' }> {
  // What is stated of one of two is no must of the other: "the red and the blue one".
  const constraints = understanding.constraints.filter(({ kind }) => kind !== 'facet')
  return {
    kind: 'find',
    search: { text: name, productType: null, constraints, sort: 'relevance' },
  }
}

/** "The white one" of what was looked for; "the 18 V" after "the 12 V drill" is a drill. */
function ofKind(
  name: string,
  [first = '']: readonly string[],
  message: string,
  { previous, isNoun, lexicon }: PlanContext,
): string {
  const said = contentStems(name, lexicon)
  const isShared = contentStems(first, lexicon).some((stem) => said.includes(stem))
  const nouns = isShared
    ? []
    : words(first).flatMap(({ text }) =>
        contentStems(text, lexicon).some((stem) => isNoun(stem)) ? text : [],
      )
  const kind = previous?.productType ?? (nouns.length > 0 ? nouns.join(' ') : null)
  const isBare = /\bones?\b/i.test(message) || !contentStems(name, lexicon).some((stem) => isNoun(stem))
  return kind === null || !isBare ? name : `${name} ${kind}`
}

/** Ids of the products that names mean, the most telling name first: within the first of some lists that has one; null for a name that none has. */
function resolved(
  names: readonly string[],
  lists: readonly (readonly Product[])[],
  lexicon: Lexicon,
): (string | null)[] {
  const found = new Map<string, string>()
  const byLength = names.toSorted((a, b) => contentStems(b, lexicon).length - contentStems(a, lexicon).length)
  for (const name of byLength)
    for (const list of lists) {
      const left = list.filter(({ id }) => ![...found.values()].includes(id))
      const product = calledSo(name, left.length === list.length ? list : left, lexicon)
      if (product === null) continue
      found.set(name, product.id)
      break
    }
  return names.map((name) => found.get(name) ?? null)
}
