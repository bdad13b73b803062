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

/** A facet by its name, the sum of its values' counts, and the largest such sum. */
export function facetOf(name: string, total: number, largest: number, { meaning }: Lexicon): Facet {
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
    isCompatibility: false,
  }
}
