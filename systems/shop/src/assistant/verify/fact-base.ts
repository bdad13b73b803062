import type { Constraint } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { ReviewDigest } from '../aspects/aspect-cache.ts'
import { isInStock, serviceLabel } from '../cards.ts'
import { listingEvidence, sectionEvidence } from '../evidence.ts'
import { pageEvidence, shopperEvidence } from '../gathered-evidence.ts'
import type { Evidence } from '../../domain/answer.ts'
import type { Facts } from '../facts.ts'
import { contentStems, meaningOf, words } from '../words.ts'
import { negators } from './vocabulary.ts'

/** One source about a product, ready to be compared with a claim. */
export interface Unit {
  evidence: Evidence
  stems: ReadonlySet<string>
  clauses: { stems: ReadonlySet<string>; isNegated: boolean }[]
}

/** What may be said of one product. */
export interface ProductBase {
  product: Product
  /** Stems of its title in order, and of its brand. */
  title: string[]
  /** Stems of its title and brand that are no category or attribute word: what makes a run of words its name. */
  proper: ReadonlySet<string>
  /** Stems of everything that its row states. */
  row: ReadonlySet<string>
  units: Unit[]
  /** `Name: values` of its row, each a source of its own. */
  fields: Unit[]
  /** Stems of the fields' names that are no value of it. */
  fieldNames: ReadonlySet<string>
  /** Minor units that it costs or did cost. */
  prices: ReadonlySet<number>
  /** Price shown for it in this answer, minor units. */
  shownPrice: number
  /** Earlier price of what is shown, minor units. */
  compareAt: number | null
  inStock: boolean
  digest: ReviewDigest | null
}

export interface FactBase {
  products: ProductBase[]
  /** Shown in this answer, best first. */
  shown: ProductBase[]
  /** What the answer is about when a sentence does not say. */
  focus: ProductBase | null
  /** Several products, none of them the one that the answer is about: "it" is nobody. */
  isAboutSeveral: boolean
  constraints: Constraint[]
  hasRelaxed: boolean
  total: number | null
  messageStems: ReadonlySet<string>
  /** How many sources may be cited. */
  citations: Evidence[]
  currency: string
  /** What words mean in the store. */
  lexicon: Lexicon
  /** What the model was told besides the facts, so that it is known when it gives it back. */
  prompt: PromptWords
}

export interface PromptWords {
  /** Runs of words of the instructions. */
  runs: ReadonlySet<string>
  /** What stands before a colon, lower-cased. */
  labels: ReadonlySet<string>
  question: string
}

export function clausesOf(text: string): string[] {
  return text
    .split(
      /[;:()–—]|,(?!\d)|\.(?=\s|$)|\b(?:but|while|whereas|although|though|however|which|because|and)\b/iu,
    )
    .filter((part) => part.trim())
}

export function isNegated(text: string): boolean {
  return words(text).some((word) => negators.has(word.text))
}

function unitOf(evidence: Evidence, lexicon: Lexicon): Unit {
  return {
    evidence,
    stems: evidence.stems,
    clauses: clausesOf(evidence.text).map((clause) => ({
      stems: new Set(contentStems(clause, lexicon)),
      isNegated: isNegated(clause),
    })),
  }
}

/** Gathers what one turn's facts allow to be said. `citations` are the numbered sources, in order. */
export function factBase(
  facts: Facts,
  options: {
    shownIds: readonly string[]
    focusId: string | null
    constraints: Constraint[]
    message: string
    citations: Evidence[]
    /** Of the model's prompt. Default: none. */
    prompt?: Pick<PromptWords, 'runs' | 'labels'>
  },
): FactBase {
  const all = [...facts.products.values()]
  const products = all.map((product) => productBase(product, facts))
  const byId = new Map(products.map((base) => [base.product.id, base]))
  const shown = options.shownIds.flatMap((id) => byId.get(id) ?? [])
  return {
    products,
    shown,
    focus: byId.get(options.focusId ?? '') ?? shown[0] ?? null,
    isAboutSeveral: options.focusId === null && shown.length > 1,
    constraints: options.constraints,
    hasRelaxed: (facts.search?.relaxed.length ?? 0) > 0,
    total: facts.search?.total ?? null,
    messageStems: new Set(contentStems(options.message, facts.lexicon)),
    citations: options.citations,
    currency: facts.currency,
    lexicon: facts.lexicon,
    prompt: { runs: new Set(), labels: new Set(), ...options.prompt, question: options.message },
  }
}

function productBase(product: Product, facts: Facts): ProductBase {
  const card = facts.cards.get(product.id)
  const stemsOf = (text: string) => contentStems(text, facts.lexicon)
  const title = stemsOf(product.title)
  const generic = new Set(
    stemsOf([...product.categories, ...Object.values(product.attributes).flat()].join(' ')),
  )
  const row = stemsOf(
    [
      product.title,
      product.brand ?? '',
      ...product.categories,
      ...Object.entries(product.attributes).flatMap(([name, values]) => [
        name.replaceAll('_', ' '),
        ...values,
      ]),
      ...product.variants.flatMap((variant) => Object.entries(variant.options).flat()),
      ...product.services.map((service) => serviceLabel(service, facts.phrases)),
    ].join(' '),
  )
  const shownVariant =
    product.variants.find((variant) => variant.id === card?.variantId) ?? product.variants[0]
  const history = (facts.priceHistory.get(product.id) ?? []).map((point) => point.price.minor)
  const fields = listingEvidence(product, facts.lexicon)
    .filter((evidence) => evidence.kind === 'attribute')
    .map((evidence) => unitOf(evidence, facts.lexicon))
  const values = new Set(fields.flatMap(({ evidence }) => stemsOf(evidence.text.replace(/^[^:]*:/, ''))))
  return {
    product,
    title: [...title, ...stemsOf(product.brand ?? '')],
    proper: new Set([...title, ...stemsOf(product.brand ?? '')].filter((word) => !generic.has(word))),
    row: new Set([...row, ...row.map((word) => meaningOf(word, facts.lexicon))]),
    fields,
    fieldNames: new Set(
      fields
        .flatMap(({ evidence }) => stemsOf(evidence.text.split(':')[0] ?? ''))
        .filter((word) => !values.has(word)),
    ),
    units: [
      ...sectionEvidence(product, facts.lexicon),
      ...listingEvidence(product, facts.lexicon).filter((evidence) => evidence.kind === 'listing'),
      ...shopperEvidence(product.id, facts),
      ...pageEvidence(product.id, facts),
    ].map((evidence) => unitOf(evidence, facts.lexicon)),
    prices: new Set([...product.variants.map((variant) => variant.price.minor), ...history]),
    shownPrice: card?.price.minor ?? shownVariant?.price.minor ?? Number.NaN,
    compareAt: card?.compareAt?.minor ?? null,
    inStock: product.variants.some(isInStock),
    digest: facts.digests.get(product.id) ?? null,
  }
}
