import type { Product } from '../../domain/product.ts'
import { isConcerned, warnedKey } from '../concerns.ts'
import type { Facts } from '../facts.ts'
import { statedContents } from '../free-of.ts'
import type { Phrases } from '../phrases.ts'
import type { Plan } from '../plan/plan.ts'
import type { Draft } from './draft.ts'
import { sayTitle } from './say-title.ts'
import { excerptAbout } from './excerpt-about.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Characters of a listing that are quoted for what somebody has to be kept from. */
const longestQuote = 160
/** Products of a search that are said to hold it. */
const mostNamed = 3

const noFreeOf: NonNullable<Facts['freeOf']> = { what: [], states: new Map(), contains: new Map() }

/** Cards only for what a listing states to be free of it; silence of a listing is said to be silence. */
export function allergyDraft(plan: Plan, facts: Facts, phrases: Phrases, citations: Citations): Draft {
  const { what: things, states, contains } = facts.freeOf ?? noFreeOf
  if (things.length === 0) return { parts: [], sentences: [phrases.say('allergy.general')] }
  const what = new Intl.ListFormat(facts.lexicon.language.code, { type: 'disjunction' }).format(things)
  const mark = (productId: string, quote: string) =>
    citations.mark({ kind: 'product', productId, field: 'description' }, quote)
  if (plan.search !== null) {
    const cards = facts.subjectIds.flatMap((id) => facts.cards.get(id) ?? [])
    if (cards.length === 0) {
      const type = (plan.search.productType ?? plan.search.text).toLowerCase()
      const named = [...contains].slice(0, mostNamed).flatMap(([id, quote]) => {
        const product = facts.products.get(id)
        return product === undefined
          ? []
          : phrases.say('allergy.named', {
              title: sayTitle(product, facts.products.values()),
              what,
              quote: excerptAbout(quote, what, longestQuote, facts.lexicon),
              mark: mark(id, quote),
            })
      })
      const others =
        type === ''
          ? phrases.say('allergy.general')
          : phrases.say(named.length > 0 ? 'allergy.others' : 'allergy.none', { what, type })
      return { parts: [], sentences: [...named, others] }
    }
    return {
      parts: [{ type: 'data-products', id: 'free-of', data: { title: '', cards } }],
      sentences: [phrases.say('allergy.some', { what })],
      shownIds: cards.map((card) => card.productId),
    }
  }
  const [productId] = facts.subjectIds
  if (productId === undefined) return { parts: [], sentences: [phrases.say('allergy.general')] }
  const free = states.get(productId)
  const held = contains.get(productId)
  const sentence =
    free !== undefined
      ? phrases.say('allergy.states', { quote: excerpt(free), mark: mark(productId, free) })
      : held !== undefined
        ? phrases.say('allergy.contains', { what, mark: mark(productId, held) })
        : phrases.say('allergy.unsaid', { what })
  const product = facts.products.get(productId)
  if (plan.isOfOneAmongSeveral !== true || product === undefined)
    return { parts: [], sentences: [sentence], focusId: productId }
  const card = free === undefined && plan.read === undefined ? undefined : facts.cards.get(productId)
  return {
    parts: card
      ? [
          {
            type: 'data-products',
            id: 'subject',
            data: { title: phrases.say('title.this'), cards: [card] },
          },
        ]
      : [],
    sentences: [`${sayTitle(product, facts.products.values())}: ${sentence}`],
    shownIds: [productId],
    focusId: productId,
  }
}

/** Answers that nobody buys by, or that say it themselves. */
const needsNoWarning: ReadonlySet<Plan['kind']> = new Set([
  'allergy',
  'care',
  'chat',
  'clarify',
  'memory',
  'not-ours',
  'orders',
  'policy',
  'returns',
])

/** What was said to hurt somebody that matters to some products. */
export const concerning = (
  products: readonly Product[],
  { keptFrom, spokenOf, lexicon }: Pick<Facts, 'keptFrom' | 'spokenOf' | 'lexicon'>,
): string[] =>
  keptFrom.filter((what) =>
    products.some((product) => isConcerned(product, what, spokenOf ?? new Map(), lexicon)),
  )

/** Of which goods an answer said that somebody has to be kept from something. */
export function warnedIn(plan: Plan, facts: Facts, productIds: readonly string[] | null): string[] {
  if (plan.kind !== 'allergy' && needsNoWarning.has(plan.kind)) return []
  return (productIds ?? []).flatMap((id) => {
    const product = facts.products.get(id)
    return product ? facts.keptFrom.map((what) => warnedKey(product, what)) : []
  })
}

/** What was said earlier to hurt somebody: which of the products in sight name it, else, once of a shelf, that listings may leave it out. */
export function allergyWarning(
  plan: Plan,
  facts: Facts,
  productIds: readonly string[] | null,
  phrases: Phrases,
  citations: Citations,
): string | null {
  const { lexicon } = facts
  if (facts.keptFrom.length === 0 || needsNoWarning.has(plan.kind)) return null
  const shown = (productIds ?? []).flatMap((id) => facts.products.get(id) ?? [])
  const keptFrom = concerning(shown, facts)
  if (keptFrom.length === 0) return null
  const what = new Intl.ListFormat(lexicon.language.code, { type: 'disjunction' }).format(keptFrom)
  const named = shown
    .flatMap((product) => {
      const stated = statedContents(product, keptFrom, lexicon)
      // A line that a model points at is told as it stands: it may say that there is none.
      const isTold = facts.pointed?.get(product.id)?.some(({ text }) => text === stated?.quote)
      return stated === null || stated.isFree || isTold ? [] : [{ product, quote: stated.quote }]
    })
    .slice(0, mostNamed)
  const isWarned = shown.every((product) =>
    concerning([product], facts).every((each) => facts.warned?.has(warnedKey(product, each))),
  )
  if (named.length === 0) return isWarned ? null : phrases.say('allergy.remembered', { what })
  return named
    .map(({ product, quote }) =>
      phrases.say('allergy.named', {
        title: sayTitle(product, facts.products.values()),
        what,
        quote: excerptAbout(quote, what, longestQuote, lexicon),
        mark: citations.mark({ kind: 'product', productId: product.id, field: 'description' }, quote),
      }),
    )
    .join(' ')
}
