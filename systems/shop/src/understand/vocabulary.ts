import type { FacetVocabulary, NounUse } from '../domain/constraints.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Dimension } from '../language/units.ts'
import { facetOf, properties, type Concept, type Facet } from './facet.ts'
import { contentTokens, tokenize, type Token } from './text.ts'
import { valueForms, type Entry, type Posting } from './value-forms.ts'

/** The vocabulary as `understand` looks things up in it. */
export interface CompiledVocabulary {
  postings: Map<string, Posting[]>
  /** Stemmed category name to the category as written. */
  categories: Map<string, string>
  /** Stems of the words of categories. */
  categoryWords: Set<string>
  /** In how many distinct values a stem stands: a word of many values says little by itself. */
  spread: Map<string, number>
  /** Products that state a value with a stem, by the concept of its facet: `cream` is a form more often than a colour. */
  concepts: Map<string, Map<Concept, number>>
  /** Stems by their first letters, to look a word up that is written otherwise. */
  nearby: Map<string, string[]>
  /** Values that measure or number something, by dimension (`number` without a unit), to hold limits against. */
  measures: Map<Dimension | 'number', Map<Facet, { entry: Entry; amount: number }[]>>
  /** What the goods are called, by stem; null where the catalog does not know it. */
  nouns: Map<string, NounUse> | null
  /** Words that name a property or a colour ("size", "black"): titles may end in them, but nothing is called so. */
  propertyCues: Set<string>
  /** Stemmed names of two or more words (`color family`): in a query they name a facet, not a value. */
  names: Set<string>
  currency: string
  longest: number
  language: LanguageCode
}

/** How much a stem says: the rarer among values, the more. Numbers tell values apart, but say little by themselves. */
function information(token: Token, spread: ReadonlyMap<string, number>, values: number): number {
  const weight = token.kind === 'number' ? 0.3 : token.isContent ? 1 : 0.15
  return weight * Math.log(1 + values / (spread.get(token.stem) ?? 1))
}

/** One lexicon at a time: a store's words change seldom, and each compilation holds the whole vocabulary. */
const cache = new WeakMap<FacetVocabulary, { lexicon: Lexicon; compiled: CompiledVocabulary }>()

/** A value of more words than a query has room for is a description, not something that shoppers name. */
const longestValue = 12
const longestValueText = 90

/**
 * Indexes a catalog's vocabulary by every form under which a query may name a value. Kept for as long as the vocabulary
 * object lives, so a second call is free. Takes a few seconds for the vocabulary of 50,000 products.
 */
export function compileVocabulary(
  vocabulary: FacetVocabulary,
  lexicon: Lexicon = english,
): CompiledVocabulary {
  const known = cache.get(vocabulary)
  if (known?.lexicon === lexicon) return known.compiled
  const compiled: CompiledVocabulary = {
    postings: new Map(),
    categories: new Map(),
    categoryWords: new Set(),
    spread: new Map(),
    concepts: new Map(),
    nearby: new Map(),
    measures: new Map(),
    nouns: vocabulary.nouns === undefined ? null : nounsByMeaning(vocabulary.nouns, lexicon),
    // What is black is only said to be, however many titles end in it.
    propertyCues: new Set(grammarOf(lexicon.language.code).colour.map((word) => lexicon.meaning(fold(word)))),
    names: new Set(),
    currency: vocabulary.currency,
    longest: 1,
    language: lexicon.language.code,
  }
  const facets = new Map(vocabulary.facets)
  if (vocabulary.brands.size > 0 && !facets.has('brand')) facets.set('brand', vocabulary.brands)
  const totals = new Map(
    [...facets].map(([name, values]) => [name, [...values.values()].reduce((sum, count) => sum + count, 0)]),
  )
  const largest = Math.max(0, ...totals.values())
  const read: { entry: Entry; tokens: Token[] }[] = []
  for (const [name, values] of facets) {
    const facet = facetOf(name, totals.get(name) ?? 0, largest, lexicon)
    if (properties.has(facet.concept) && facet.concept !== 'count' && facet.concept !== 'pattern')
      for (const cue of facet.conceptCues) compiled.propertyCues.add(cue)
    for (const [value, count] of values) {
      // Markup, addresses and whole sentences are data of a feed, not values that a shopper names.
      if (value.length > longestValueText || /<[a-z/]|:\/\/|[{}]/i.test(value)) continue
      const tokens = tokenize(value, lexicon)
      if (tokens.length === 0 || tokens.length > longestValue) continue
      const entry = { facet, value, count }
      read.push({ entry, tokens })
      noteWords(compiled, entry, tokens)
    }
    const words = tokenize(name.replaceAll('_', ' '), lexicon).map((token) => token.stem)
    if (words.length > 1) compiled.names.add(words.join(' '))
  }
  markCompatibility(read, vocabulary, lexicon)
  for (const { entry, tokens } of read) {
    compiled.longest = Math.max(compiled.longest, Math.min(8, tokens.length))
    const said = (token: Token): number => information(token, compiled.spread, read.length)
    for (const form of valueForms(entry, tokens, said, lexicon)) {
      const posting = { entry, kind: form.kind, requires: form.requires, share: form.share }
      const list = compiled.postings.get(form.form)
      if (list === undefined) compiled.postings.set(form.form, [posting])
      else list.push(posting)
      noteMeasure(compiled, entry, form.form)
    }
  }
  for (const category of vocabulary.categories.keys()) {
    const form = contentTokens(tokenize(category, lexicon))
      .map((token) => token.stem)
      .join(' ')
    if (form === '') continue
    compiled.categories.set(form, category)
    for (const word of form.split(' ')) compiled.categoryWords.add(word)
  }
  for (const stem of compiled.spread.keys()) {
    if (!/^\p{L}{4,}$/u.test(stem)) continue
    const list = compiled.nearby.get(stem.slice(0, 3))
    if (list === undefined) compiled.nearby.set(stem.slice(0, 3), [stem])
    else list.push(stem)
  }
  cache.set(vocabulary, { lexicon, compiled })
  return compiled
}

/** What the goods of a catalog are called, by meaning: two words of one meaning are one noun. */
function nounsByMeaning(nouns: ReadonlyMap<string, NounUse>, lexicon: Lexicon): Map<string, NounUse> {
  const found = new Map<string, NounUse>()
  for (const [noun, { products, facets }] of nouns) {
    const stem = noun
      .split('-')
      .map((part) => lexicon.meaning(part))
      .join('-')
    const use = found.get(stem) ?? { products: 0, facets: new Map<string, number>() }
    use.products += products
    for (const [name, count] of facets) use.facets.set(name, (use.facets.get(name) ?? 0) + count)
    found.set(stem, use)
  }
  return found
}

function noteMeasure({ measures }: CompiledVocabulary, entry: Entry, form: string): void {
  const match = /^(?:n|([a-z]{2,})):(-?[\d.]+)$/.exec(form)
  if (match === null) return
  const dimension = (match[1] === undefined || match[1] === 'count' ? 'number' : match[1]) as
    | Dimension
    | 'number'
  const facets = measures.get(dimension) ?? new Map<Facet, { entry: Entry; amount: number }[]>()
  measures.set(dimension, facets)
  const list = facets.get(entry.facet) ?? []
  facets.set(entry.facet, list)
  list.push({ entry, amount: Number(match[2]) })
}

/** What a facet is called when its values are other products. */
const compatibilityName =
  /compat|suit(?:s|able)|\bfits?\b|\bfor_|_for\b|works_with|purpose|kompatib|passend|geeignet|adapt[ée]/
/** Values of a facet that have to hold a brand's name and more for the facet to name other products. */
const compatibleShare = 0.4

/** Marks facets whose values name other products: most of them hold a brand of the catalog and more than that. */
function markCompatibility(
  read: readonly { entry: Entry; tokens: readonly Token[] }[],
  { brands }: FacetVocabulary,
  lexicon: Lexicon,
): void {
  const names = new Set(
    [...brands.keys()].map((brand) =>
      tokenize(brand, lexicon)
        .map((token) => token.stem)
        .join(' '),
    ),
  )
  const tallies = new Map<Facet, { values: number; named: number }>()
  for (const { entry, tokens } of read) {
    const tally = tallies.get(entry.facet) ?? { values: 0, named: 0 }
    tallies.set(entry.facet, tally)
    tally.values++
    const first = tokens.slice(0, 3).map((token) => token.stem)
    const isNamed = first.some((_, at) => names.has(first.slice(0, at + 1).join(' ')))
    if (
      isNamed &&
      tokens.length > 1 &&
      tokens.some((token) => token.kind === 'number' || /\d/.test(token.word))
    )
      tally.named++
  }
  for (const [facet, { values, named }] of tallies)
    facet.isCompatibility =
      facet.concept !== 'brand' &&
      (compatibilityName.test(facet.name.toLowerCase()) || (values >= 5 && named / values >= compatibleShare))
}

function noteWords(
  { spread, concepts }: CompiledVocabulary,
  { facet, count }: Entry,
  tokens: readonly Token[],
): void {
  for (const stem of new Set(contentTokens(tokens).map((token) => token.stem))) {
    spread.set(stem, (spread.get(stem) ?? 0) + 1)
    const by = concepts.get(stem) ?? new Map<Concept, number>()
    concepts.set(stem, by.set(facet.concept, (by.get(facet.concept) ?? 0) + count))
  }
}

/** Whether a stem stands in a value or a category's name of the catalog. */
export const isStated = (stem: string, { spread, categoryWords }: CompiledVocabulary): boolean =>
  spread.has(stem) || categoryWords.has(stem)

/**
 * Stems of the vocabulary that a word may be meant for which stands in no value: one letter otherwise, two in long words. The nearest
 * first, three at most.
 */
export function stemsNear(stem: string, { spread, nearby }: CompiledVocabulary): string[] {
  if (stem.length < 6 || spread.has(stem)) return []
  const found: { stem: string; distance: number }[] = []
  for (const other of nearby.get(stem.slice(0, 3)) ?? []) {
    const distance = unlikeness(stem, other)
    if (distance <= (stem.length >= 9 ? 2 : 1)) found.push({ stem: other, distance })
  }
  return found
    .toSorted((a, b) => a.distance - b.distance || a.stem.localeCompare(b.stem))
    .slice(0, 3)
    .map((one) => one.stem)
}

/** Languages that write a compound as one word. */
const compounding: ReadonlySet<LanguageCode> = new Set(['de', 'nl', 'sv'])
/** What stands between the parts of a compound. */
const links = ['', 's', 'n', 'en', 'es', 'er', 'e', 'o']

/** Stems of the vocabulary that begin a compound which stands in no value: `kunststoff` in `kunststoffjacke`. The longest alone. */
export function stemsInside(word: string, { spread }: CompiledVocabulary, lexicon: Lexicon): string[] {
  if (!compounding.has(lexicon.language.code) || word.length < 8 || spread.has(lexicon.meaning(word)))
    return []
  for (let length = word.length - 3; length >= 4; length--)
    for (const link of links) {
      const part = word.slice(0, length)
      if (link !== '' && !part.endsWith(link)) continue
      const first = part.slice(0, part.length - link.length)
      if (first.length >= 4 && spread.has(lexicon.meaning(first))) return [lexicon.meaning(first)]
    }
  return []
}

/** Edits between two stems, 3 where their lengths alone differ by more. */
export function unlikeness(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let at = 1; at <= a.length; at++) {
    const next = [at]
    for (let other = 1; other <= b.length; other++)
      next.push(
        Math.min(
          (row[other] ?? 0) + 1,
          (next[other - 1] ?? 0) + 1,
          (row[other - 1] ?? 0) + (a[at - 1] === b[other - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 3
}

/** Whether a word may be meant for another; hardly anybody misspells the first letter. */
export function isMisspelling(stem: string, other: string): boolean {
  if (other[0] !== stem[0] || other.length < 3) return false
  const letters = (word: string) => Array.from(word).toSorted().join('')
  return unlikeness(stem, other) <= (stem.length >= 7 ? 2 : 1) || letters(other) === letters(stem)
}
