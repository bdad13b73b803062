import { linesOf } from '../language/data-files.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Dimension } from '../language/units.ts'

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

/** What a property is: a word for it alone can ask for it, and it names no goods: "red", "size 10", "for kids". */
export const properties: ReadonlySet<Concept> = new Set<Concept>([
  'color',
  'size',
  'material',
  'pattern',
  'audience',
  'age',
  'count',
])

export interface Facet {
  name: string
  concept: Concept
  /** Stems of the words of its name that say something: `waist_type` → `waist`, and of words for what it is about. */
  cues: ReadonlySet<string>
  /** The latter alone. */
  conceptCues: readonly string[]
  dimensions: ReadonlySet<Dimension>
  /** Stems of its name that say which kind of product it belongs to: `water_heater_type` → `water`, `heater`. */
  subject: readonly string[]
  /** Sum of its values' counts over the largest facet's: about the share of products that state it. */
  coverage: number
  /** Its values name what a product goes with (`suits`, `compatible_models`), not what it is. */
  isCompatibility: boolean
}

/** Words of facet names that say nothing of what the facet is about. */
export const vagueNameWords: ReadonlySet<string> = new Set(
  'type types kind fa hb m w s of the for by and in family general filter name names class list option options attribute attr text classification wear women men womens mens kid kids 2 3 no'.split(
    ' ',
  ),
)

/** Words of facet names that name a property rather than a kind of product. */
export const propertyWords: ReadonlySet<string> = new Set(
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
/** What facets are about in one language: English, since columns are named in it everywhere, and the store's own. */
interface NameReader {
  /** Concepts and dimensions by a word of a facet's name. */
  words: readonly [what: string, word: string][]
  cues: ReadonlyMap<Concept, readonly string[]>
}

const readers = new WeakMap<Lexicon, NameReader>()

function readerOf(lexicon: Lexicon): NameReader {
  const known = readers.get(lexicon)
  if (known !== undefined) return known
  const cues = new Map<Concept, string[]>()
  for (const [concept, words] of Object.entries(cueWords) as [Concept, readonly string[]][])
    cues.set(
      concept,
      words.map((word) => lexicon.meaning(word)),
    )
  const words: [string, string][] = []
  for (const line of linesOf(lexicon.language.code, 'facets')) {
    const [what = '', rest = ''] = line.split(/:(.*)/)
    const said = rest.split(',').map((word) => fold(word.trim()))
    words.push(...said.map((word): [string, string] => [what, word]))
    const concept = conceptPatterns.find(([one]) => one === what)?.[0]
    if (concept !== undefined)
      cues.set(concept, [...(cues.get(concept) ?? []), ...said.map((word) => lexicon.meaning(word))])
  }
  const grammar = grammarOf(lexicon.language.code)
  for (const concept of ['size', 'age'] as const)
    cues.set(concept, [
      ...(cues.get(concept) ?? []),
      ...grammar[concept].map((word) => lexicon.meaning(fold(word))),
    ])
  const reader = { words, cues }
  readers.set(lexicon, reader)
  return reader
}

/** Whether a facet's name speaks of something: a word of it, or a part of a longer one (`lichtfarbe`). */
function speaksOf(name: string, word: string): boolean {
  return word.length > 4 ? name.includes(word) : name.split(/[^\p{L}\p{N}]+/u).includes(word)
}

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
  ['light', /lumen|luminous|brightness/],
]

/** What a facet is about, by a name as it is folded. */
function conceptNamed(lower: string, said: readonly string[]): Concept {
  return conceptPatterns.find(([one, pattern]) => pattern.test(lower) || said.includes(one))?.[0] ?? 'other'
}

const concepts = new WeakMap<Lexicon, Map<string, Concept>>()

/** What a facet is about, told from its name alone. */
export function conceptOf(name: string, lexicon: Lexicon): Concept {
  const known = concepts.get(lexicon) ?? new Map<string, Concept>()
  concepts.set(lexicon, known)
  const lower = fold(name)
  const found =
    known.get(lower) ??
    conceptNamed(
      lower,
      readerOf(lexicon)
        .words.filter(([, word]) => speaksOf(lower, word))
        .map(([what]) => what),
    )
  known.set(lower, found)
  return found
}

/** Meanings of the words that name what a concept is about: "colour", "shade". */
export const cuesOf = (concept: Concept, lexicon: Lexicon): readonly string[] =>
  readerOf(lexicon).cues.get(concept) ?? []

/** A facet by its name, the sum of its values' counts, and the largest such sum. */
export function facetOf(name: string, total: number, largest: number, lexicon: Lexicon): Facet {
  const { meaning } = lexicon
  const reader = readerOf(lexicon)
  const lower = fold(name)
  const said = reader.words.filter(([, word]) => speaksOf(lower, word)).map(([what]) => what)
  const concept = conceptNamed(lower, said)
  const conceptCues = reader.cues.get(concept) ?? []
  const cues = new Set(conceptCues)
  for (const word of lower.split(/[^\p{L}\p{N}]+/u))
    if (word !== '' && !vagueNameWords.has(word)) cues.add(meaning(word))
  const words = lower
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !vagueNameWords.has(word) && !/^\d+$/.test(word))
  return {
    name,
    concept,
    cues,
    subject: words
      .filter((word) => !reader.words.some(([, one]) => speaksOf(word, one)))
      .map(meaning)
      .filter((word) => !propertyWords.has(word)),
    conceptCues,
    dimensions: new Set(
      dimensionPatterns
        .filter(([dimension, pattern]) => pattern.test(lower) || said.includes(dimension))
        .map(([dimension]) => dimension),
    ),
    coverage: largest === 0 ? 0 : total / largest,
    isCompatibility: false,
  }
}
