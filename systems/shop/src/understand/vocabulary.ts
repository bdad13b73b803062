import type { FacetVocabulary } from '../domain/constraints.ts'
import { plainNumber, typedForms, type Dimension } from './forms.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { colorWords } from './named-words.ts'
import { innerWords, tokenize, type Token } from './text.ts'

/** What a facet is about, told from its name. Decides which words beside a value speak for it. */
export type Concept =
  | 'color'
  | 'size'
  | 'material'
  | 'brand'
  | 'pattern'
  | 'style'
  | 'audience'
  | 'age'
  | 'count'
  | 'origin'
  | 'model'
  | 'kind'
  | 'category'
  | 'other'

export interface Facet {
  name: string
  concept: Concept
  /** Stems of the words of its name that say something: `waist_type` → `waist`. */
  cues: ReadonlySet<string>
  dimensions: ReadonlySet<Dimension>
  /** Stems of its name that say which kind of product it belongs to: `water_heater_type` → `water`, `heater`. */
  subject: readonly string[]
  /** Sum of its values' counts over the largest facet's: about the share of products that state it. */
  coverage: number
}

/** One value of one facet. */
export interface Entry {
  facet: Facet
  value: string
  /** Products that hold it. */
  count: number
}

export type MatchKind = 'exact' | 'stem' | 'compact' | 'bag' | 'partial' | 'typed' | 'number' | 'flag'

export interface Posting {
  entry: Entry
  kind: MatchKind
  /** Stems that must stand elsewhere in the query: `shift` means `shift dresses` only beside `dress`. */
  requires: readonly string[] | null
}

/** The vocabulary as `understand` looks things up in it. */
export interface CompiledVocabulary {
  postings: Map<string, Posting[]>
  /** Stemmed category name to the category as written. */
  categories: Map<string, string>
  /** In how many distinct values a stem stands: a word of many values says little by itself. */
  spread: Map<string, number>
  /** Stemmed names of two or more words (`color family`): in a query they name a facet, not a value. */
  names: Set<string>
  currency: string
  longest: number
}

const vagueNameWords: ReadonlySet<string> = new Set(
  'type types kind fa hb m w s of the for by and in family general filter name names class list option options attribute attr text classification wear women men womens mens kid kids 2 3 no'.split(
    ' ',
  ),
)

/** Words of facet names that name a property rather than a kind of product. */
const propertyWords: ReadonlySet<string> = new Set(
  'color colour size sizing material fabric composition style pattern design print feature function functionality special specification theme thematic graphic length width height depth weight diameter thickness dimension shape brand make model version form formulation fmlt product item pack packaging package multipack bundle quantity quantities piece pieces number count unit units power source voltage input output consumption capacity volume wattage speed rate frequency resolution year age gender recommended unisex season occasion country origin region variation varation variant choice choose select selection different finish benefit benefits concern concerns ingredient preference dietary flavor scent fragrance warranty period language level grade max min maximum minimum total net condition compatibility compatible series edition language service services fit description content text other type types kind main usage use application applicable area'
    .split(' ')
    .map((word) => english.meaning(word)),
)

const conceptPatterns: readonly [Concept, RegExp][] = [
  ['color', /colou?r|颜色|shade|\bhue/],
  ['brand', /^brand$|manufacturer|^make$|_make$|designer|publisher/],
  ['origin', /country|origin|made_?in/],
  ['age', /\bage\b|_age|age_|lifestage|age group/],
  ['audience', /gender|unisex|audience|\bsex\b|department|target_group|recommended_for/],
  ['material', /material|fabric|leather|composition|\bmetal\b|upholster/],
  ['pattern', /pattern|print\b|motif/],
  ['style', /style|occasion|theme|trend|fashion|look/],
  ['count', /pieces|quantity|quantities|units?_|items_per|pack|count|number_of|no_of|multipack|set_/],
  ['size', /size|length|width|height|diameter|dimension|waist:|volume|capacity|weight/],
  ['model', /model|compatib|series|version/],
  ['kind', /type|kind|category|form\b|formulation|fmlt/],
]
/** Words that speak for every facet of a concept, whatever its name. */
const cueWords: Partial<Record<Concept, readonly string[]>> = {
  color: ['color', 'shade', 'hue'],
  size: ['size', 'sized', 'sizing'],
  material: ['material', 'fabric'],
  brand: ['brand', 'branded'],
  pattern: ['pattern', 'design', 'print'],
  style: ['style', 'look', 'theme', 'themed', 'occasion', 'wear'],
  age: ['age', 'aged', 'year', 'month', 'old'],
  count: ['pack', 'piece', 'set'],
  model: ['model', 'version'],
  origin: ['origin', 'country'],
}
/** Their stems. */
export const conceptCues: Partial<Record<Concept, readonly string[]>> = Object.fromEntries(
  Object.entries(cueWords).map(([concept, words]) => [concept, words.map((word) => english.meaning(word))]),
)

const dimensionPatterns: readonly [Dimension, RegExp][] = [
  ['volume', /volume|capacity|size|content/],
  ['mass', /weight|volume|mass|size|content/],
  [
    'length',
    /length|width|height|depth|diameter|size|dimension|thickness|line_point|point|dial|screen|display|tip/,
  ],
  ['power', /power|watt/],
  ['voltage', /volt/],
  ['charge', /battery|capacity|power/],
  ['storage', /storage|memory|ram|rom|capacity/],
  ['frequency', /frequency|refresh|hz/],
  ['pixels', /camera|pixel/],
  ['rate', /speed|rate|trans/],
  ['time', /warranty|period|time|duration/],
  ['current', /amp|current/],
]

function facetOf(name: string, total: number, largest: number, { meaning }: Lexicon): Facet {
  const lower = name.toLowerCase()
  const concept = conceptPatterns.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'other'
  const cues = new Set(conceptCues[concept] ?? [])
  for (const word of lower.split(/[^\p{L}\p{N}]+/u))
    if (word !== '' && !vagueNameWords.has(word)) cues.add(meaning(word))
  const words = lower
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !vagueNameWords.has(word) && !/^\d+$/.test(word))
  return {
    name,
    concept,
    cues,
    subject: words.map(meaning).filter((word) => !propertyWords.has(word)),
    dimensions: new Set(
      dimensionPatterns.filter(([, pattern]) => pattern.test(lower)).map(([dimension]) => dimension),
    ),
    coverage: largest === 0 ? 0 : total / largest,
  }
}

/** Words of a token list that take part in a match. */
export const contentTokens = (tokens: readonly Token[]): Token[] => {
  const content = tokens.filter((token) => token.kind !== 'sign' && !innerWords.has(token.word))
  return content.length > 0 ? content : tokens.filter((token) => token.kind !== 'sign')
}

export const wordForm = (tokens: readonly Token[]): string =>
  `w:${tokens.map((token) => token.stem).join(' ')}`
export const compactForm = (tokens: readonly Token[]): string =>
  `c:${tokens.map((token) => token.word).join('')}`
export const bagForm = (tokens: readonly Token[]): string =>
  `b:${tokens
    .map((token) => token.stem)
    .toSorted()
    .join(' ')}`

/** One lexicon at a time: a store's words change seldom, and each compilation holds the whole vocabulary. */
const cache = new WeakMap<FacetVocabulary, { lexicon: Lexicon; compiled: CompiledVocabulary }>()

/**
 * Indexes a catalog's vocabulary by every form under which a query may name a value. Kept for as long as the vocabulary
 * object lives, so a second call is free. Takes about a second for the vocabulary of 50,000 products.
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
    spread: new Map(),
    names: new Set(),
    currency: vocabulary.currency,
    longest: 1,
  }
  const facets = new Map(vocabulary.facets)
  if (vocabulary.brands.size > 0 && !facets.has('brand')) facets.set('brand', vocabulary.brands)
  const totals = new Map(
    [...facets].map(([name, values]) => [name, [...values.values()].reduce((sum, count) => sum + count, 0)]),
  )
  const largest = Math.max(0, ...totals.values())
  for (const [name, values] of facets) {
    const facet = facetOf(name, totals.get(name) ?? 0, largest, lexicon)
    for (const [value, count] of values) addValue(compiled, { facet, value, count }, lexicon)
    const words = tokenize(name.replaceAll('_', ' '), lexicon).map((token) => token.stem)
    if (words.length > 1) compiled.names.add(words.join(' '))
  }
  for (const category of vocabulary.categories.keys()) {
    const form = contentTokens(tokenize(category, lexicon))
      .map((token) => token.stem)
      .join(' ')
    if (form !== '') compiled.categories.set(form, category)
  }
  cache.set(vocabulary, { lexicon, compiled })
  return compiled
}

function addValue(compiled: CompiledVocabulary, entry: Entry, lexicon: Lexicon): void {
  const tokens = tokenize(entry.value, lexicon)
  // A value of more words than a query has room for is a description, not something that shoppers name.
  if (tokens.length === 0 || tokens.length > 12) return
  const content = contentTokens(tokens)
  const seen = new Set<string>()
  const post = (form: string, kind: MatchKind, requires: readonly string[] | null = null): void => {
    if (seen.has(form)) return
    seen.add(form)
    const list = compiled.postings.get(form)
    if (list === undefined) compiled.postings.set(form, [{ entry, kind, requires }])
    else list.push({ entry, kind, requires })
  }
  for (const word of new Set(content.map((token) => token.stem)))
    compiled.spread.set(word, (compiled.spread.get(word) ?? 0) + 1)
  compiled.longest = Math.max(compiled.longest, Math.min(8, tokens.length))
  post(wordForm(content), 'exact')
  const compact = compactForm(content)
  if (compact.length >= 6) post(compact, 'compact')
  if (content.length > 1 && content.length <= 5) post(bagForm(content), 'bag')
  if (content.length > 1 && content.length <= 4) {
    // "all skin types" for `all types` of `skin_type`
    for (const cue of entry.facet.subject) {
      const extended = [...content.map((token) => token.stem), cue].toSorted().join(' ')
      if (!content.some((token) => token.stem === cue)) post(`b:${extended}`, 'bag')
    }
  }
  for (const typed of typedForms(tokens, true)) {
    post(typed.form, 'typed')
    if (typed.number !== null && typed.form.startsWith('size:')) post(`n:${typed.number}`, 'number')
  }
  if (content.length === 1 && content[0]?.kind === 'number')
    post(`n:${plainNumber(content[0].word)}`, 'number')
  const rest = content.filter((token) => !entry.facet.cues.has(token.stem))
  if (rest.length > 0 && rest.length < content.length && rest.some((token) => token.kind === 'word')) {
    const requires = content.filter((token) => entry.facet.cues.has(token.stem)).map((token) => token.stem)
    post(wordForm(rest), 'partial', requires)
  }
  if (entry.facet.concept === 'color') {
    // `1 black` and `black 02` are black with the seller's own number.
    const named = content.filter((token) => token.kind === 'word')
    if (named.length > 0 && named.length < content.length) post(wordForm(named), 'stem')
    const [only] = content
    const bare =
      content.length === 1 && only !== undefined ? lexicon.meaning(only.stem.replace(/\d+$/, '')) : ''
    if (bare !== only?.stem && colorWords.has(bare)) post(`w:${bare}`, 'stem')
  }
  if (/^(?:yes|true|y)$/i.test(entry.value.trim())) {
    const words = entry.facet.name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '' && !vagueNameWords.has(word))
      .map((word) => lexicon.meaning(word))
    if (words.length > 0) post(`w:${words.join(' ')}`, 'flag')
    const tail = words.at(-1)
    if (words.length === 2 && tail !== undefined && !propertyWords.has(tail) && tail !== 'support')
      post(`w:${tail}`, 'flag', words.slice(0, 1))
  }
}
