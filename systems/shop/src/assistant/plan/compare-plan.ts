import type { Understanding } from '../../domain/constraints.ts'
import { alikeFirst } from '../alike.ts'
import { asksPrice } from '../compose/row-answer.ts'
import { contentStems } from '../words.ts'
import { effectiveSearch } from './effective-search.ts'
import type { Plan, PlanContext, Step, Subject } from './plan.ts'
import { placesIn } from './places.ts'
import { listOf, referredProducts } from './subjects.ts'

const sideBySide = (subject: Subject): Step[] => [
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
  const places = placesIn(message, list.length, context.lexicon.language.code)
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
  const other = comparedWithThis(message)
  if (current && other !== null) {
    // "Compare it with …": this product, and the one named.
    const known = impliedByName(
      other,
      inSight.filter((product) => product.id !== current.id),
    )
    const ids = [current.id, ...(known === null ? [] : [known])]
    const subject: Subject = { from: 'found', limit: 2 }
    return {
      ...base,
      search: null,
      steps: [
        { kind: 'products', subject: { from: 'ids', ids } },
        ...(known === null ? [findStep(other, understanding)] : []),
        { kind: 'reviews', subject },
        { kind: 'compare', subject },
      ],
    }
  }
  const names = comparedNames(message)
  const named = names.map((name) => impliedByName(name, inSight))
  const isOfWords =
    /\bdifference\b/i.test(message) &&
    !/\bones?\b/i.test(message) &&
    names.every((name) => /^[\p{L}-]+$/u.test(name))
  if (names.length >= 2 && isOfWords && named.every((id) => id === null) && !context.isTypeSold) {
    // Two words and no products: no listing explains what they mean.
    return { ...base, kind: 'clarify', search: null, steps: [], clarify: 'knowledge' }
  }
  if (names.length >= 2 && named.includes(null)) {
    // Names that are not in sight: find each of those.
    const finds = names.slice(0, 4).map((name, at): Step => {
      const id = named[at] ?? null
      return id === null
        ? findStep(
            /\bones?\b/i.test(message) ? `${name} ${context.previous?.productType ?? ''}` : name,
            understanding,
          )
        : { kind: 'products', subject: { from: 'ids', ids: [id] } }
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
  const pointed = called.size < 2 && referred.length > 1 ? referred.map((product) => product.id) : []
  const ids = [...new Set([...called, ...pointed])]
  // "Which is the cheapest?" asks of all that is in sight; a kind of goods that the store sells asks for others.
  const ofAll =
    superlative.test(message) || asksPrice(message, context.lexicon.language) || asksLeast.test(message)
  // Of one that was looked at since, it is the best of nothing: the list above it is meant.
  const isOfList = ofAll || (inSight.length < 2 && /\bwhich\b/i.test(message))
  const among = isOfList && context.page === null ? list : inSight
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
  // "Which one would you recommend?" names nothing: of what was looked for.
  const search =
    (understanding.productType === null ? context.previous : null) ??
    effectiveSearch(message, understanding, context).search
  const subject: Subject = { from: 'found', limit: 3 }
  return {
    ...base,
    search,
    steps: [
      {
        kind: 'search',
        search,
        limit: 3,
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

const asksLeast = /\b(?:least|lowest|save|wallet|budget|bargain|deal)\b/i

/** "the quietest", "the most durable", "which one costs less". */
export const superlative =
  /\b(?:best|worst|[a-z]{3,}est|(?:the )?(?:most|least) [a-z]+|(?:costs?|weighs?) (?:less|more|least|most)|cheaper|lighter|heavier|better)\b/i

function findStep(name: string, understanding: Understanding): Step {
  const { constraints } = understanding
  return {
    kind: 'find',
    search: { text: name, productType: null, constraints, sort: 'relevance' },
  }
}

/** What "compare it with the Swift boots" and "how does this compare to …" put beside the product in sight; else null. */
function comparedWithThis(message: string): string | null {
  const match =
    /\bcompare\s+(?:it|this|this one)\s+(?:with|to|and|against)\s+(?:the\s+)?(.+?)[?!.]*$/i.exec(message) ??
    /\b(?:it|this|this one)\s+compared?\s+(?:with|to|against)\s+(?:the\s+)?(.+?)[?!.]*$/i.exec(message)
  const name = match?.[1]?.trim() ?? ''
  return contentStems(name).length > 0 ? name : null
}

/** The sides of "compare A and B", "A vs B", "difference between A and B"; empty when there are no two. */
export function comparedNames(message: string): string[] {
  const body = message
    .replace(/[?!.]+$/, '')
    .replace(/^.*?\b(?:compare|between|better[:,]?|choose)\b\s*/i, '')
    .replace(/^(?:the|which is better,?)\s+/i, '')
  const sides = body.split(/\s*(?:,|\bvs\.?|\bversus|\band\b|\bor\b|\bwith\b|\bto\b)\s+/i).map((side) =>
    side
      .trim()
      .replace(/^the\s+/i, '')
      .replace(/\s+ones?$/i, ''),
  )
  const named = sides.filter((side) => contentStems(side).length > 0)
  return named.length >= 2 ? named : []
}

function impliedByName(name: string, inSight: PlanContext['shown']): string | null {
  const asked = contentStems(name)
  // "Pot" of six pots names none of them.
  const isTelling = (word: string) =>
    inSight.length < 2 ||
    inSight.some((product) => !contentStems(`${product.title} ${product.brand ?? ''}`).includes(word))
  let best: { id: string; hits: number } | null = null
  for (const product of inSight) {
    const title = new Set(contentStems(`${product.title} ${product.brand ?? ''}`))
    const hits = asked.filter((word) => title.has(word)).length
    const isTold = asked.some((word) => title.has(word) && isTelling(word))
    if (isTold && hits * 2 > asked.length && hits > (best?.hits ?? 0)) best = { id: product.id, hits }
  }
  return best?.id ?? null
}
