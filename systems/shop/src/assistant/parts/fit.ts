import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { opensWith } from '../../language/asking.ts'
import type { GrammarRole } from '../../language/grammar.ts'
import { isKindOf } from '../../language/joined.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { parseNumber } from '../../language/numbers.ts'
import { unitsOf } from '../../language/units.ts'
import { qualitiesOf } from '../../understand/nouns.ts'
import { listingEvidence, titleEvidence } from '../evidence.ts'
import type { Fit } from './part-types.ts'
import { sharesShelf } from '../found.ts'
import { saysSpare, shelfHeads, titleHeads } from '../kind.ts'

/** A thing that parts and companions are wanted for, by what its title calls it. */
export interface Thing {
  product: Product
  /** Words and numbers of the title that tell it from others: no noun of its kind, brand, size, colour or material. */
  names: ReadonlySet<string>
  /** Nouns of its kind. */
  kinds: readonly string[]
  brand: ReadonlySet<string>
  /** What its title measures, by unit. */
  measures: ReadonlyMap<string, number>
  /** Neighbours in its title; those in titles of others of its kind ("kora max" is not the "kora 800"), and words of those that its own does not hold. */
  own: ReadonlySet<string>
  others: ReadonlySet<string>
}

interface Said {
  text: string
  /** As a number, with its unit behind, where it measures. */
  measure: { unit: string; amount: number } | null
}

/** Runs of words of a text between little words and signs, by the parts of it that deny and that do not. */
interface Segment {
  runs: Said[][]
  isDenied: boolean
  /** It says what something is for or fits. */
  isPurpose: boolean
}

/** A word of the name in a title that says not what it is for, the noun of a kind, one that it is a kind of, and a brand name less than words that tell a thing from others. */
const worth = { kind: 0.6, broaderKind: 0.3, brand: 0.3, measure: 0.3, measureDenied: 2, inTitle: 0.5 }

/** Of two lines that name a thing alike the one that says what it is for is quoted. */
const toldFor = 0.5

/** A thing by its title, told from others of its kind. */
export function thingOf(product: Product, others: readonly Product[], lexicon: Lexicon): Thing {
  const { code } = lexicon.language
  const isQuality = qualitiesOf(product, lexicon)
  const brand = new Set(flatSaid(product.brand ?? '', lexicon).map(({ text }) => text))
  const runs = saidIn(product.title, lexicon)
  const said = runs.flat()
  const shelves = product.categories.flatMap((name) => shelfHeads(name, lexicon))
  const isOfShelf = (word: string) => shelves.some((shelf) => isKindOf(word, shelf, code))
  const heads = [...titleHeads(product, lexicon)].filter((head) => !isQuality(head) && !brand.has(head))
  // "Drift 2 Foam Mattress", on the shelf of mattresses, is a mattress and no drift.
  const ofShelf = [...heads, ...said.map(({ text }) => text)].filter(isOfShelf)
  const kinds = [...(ofShelf.length > 0 ? ofShelf : heads), ...shelves]
  const isAlike = (other: Product) =>
    other.id !== product.id &&
    !saysSpare(other.title, lexicon) &&
    (sharesShelf(other, [product]) || heads.some((head) => titleHeads(other, lexicon).has(head)))
  const words = new Set(said.map(({ text }) => text))
  const isOther = ({ text, measure }: Said) =>
    measure === null && !words.has(text) && !kinds.some((kind) => isKindOf(kind, text, code))
  const ofOthers = others.filter(isAlike).flatMap(({ title }) => saidIn(title, lexicon))
  return {
    product,
    kinds,
    brand,
    names: new Set(
      said.flatMap(({ text, measure }) =>
        measure === null && !kinds.includes(text) && !brand.has(text) && !isQuality(text) ? text : [],
      ),
    ),
    measures: new Map(
      said.flatMap(({ measure }) => (measure === null ? [] : [[measure.unit, measure.amount] as const])),
    ),
    own: new Set(runs.flatMap(neighbours)),
    others: new Set([
      ...ofOthers.flatMap(neighbours),
      ...ofOthers.flatMap((run) => run.filter(isOther).map(({ text }) => text)),
    ]),
  }
}

/** Whether a listing says that it goes with a thing, or that it does not. What it says of another of the thing's kind ("for the Kora Max") says neither. */
export function fitOf(part: Product, thing: Thing, lexicon: Lexicon): Fit {
  let [pro, contra, inTitle] = [0, 0, 0]
  const lines: { line: Evidence; weight: number; isDenied: boolean }[] = []
  const listing = [titleEvidence(part, lexicon), ...listingEvidence(part, lexicon)]
  for (const line of listing) {
    if (line.kind === 'attribute') continue
    const isTitle = line === listing[0]
    for (const segment of segmentsOf(line.text, lexicon)) {
      const weight = weightOf(segment, thing, isTitle, lexicon)
      if (weight === 0) continue
      // What only shares a word of its title with the thing says not that it is for it.
      if (isTitle && !segment.isPurpose) {
        inTitle = Math.max(inTitle, weight)
        continue
      }
      if (segment.isDenied) contra = Math.max(contra, weight)
      else pro = Math.max(pro, weight)
      const told = weight + (segment.isPurpose ? toldFor : 0)
      lines.push({ line, weight: isTitle ? weight / 2 : told, isDenied: segment.isDenied })
    }
  }
  const verdict = contra > pro ? 'denied' : pro > 0 ? 'fits' : 'unsaid'
  const [telling] = lines
    .filter(({ isDenied }) => isDenied === (verdict === 'denied'))
    .toSorted((a, b) => b.weight - a.weight)
  return {
    verdict,
    named: verdict === 'denied' ? 0 : Math.max(pro, inTitle),
    line: verdict === 'unsaid' ? null : (telling?.line ?? null),
  }
}

/** How much of a thing's name a part of a text says, of what is not another's of its kind. */
function weightOf(
  { runs, isDenied, isPurpose }: Segment,
  thing: Thing,
  isTitle: boolean,
  { language }: Lexicon,
): number {
  const { code } = language
  const isOfOther = (run: readonly Said[]) =>
    run.some(({ text }) => thing.others.has(text)) ||
    neighbours(run).some((pair) => thing.others.has(pair) && !thing.own.has(pair))
  const ofThing = runs.filter((run) => !isOfOther(run))
  const said = ofThing.flat()
  const names = namesIn(ofThing, thing)
  const tellsFor = isPurpose
  // "Fits pans of 24 cm" is for none of 28 cm.
  const amounts = runs.flat().flatMap(({ measure }) => (measure === null ? [] : measure))
  const fitting = [...thing.measures].map(([unit, amount]) => {
    const stated = amounts.filter((one) => one.unit === unit).map((one) => one.amount)
    if (stated.length === 0) return null
    return amount >= Math.min(...stated) && amount <= Math.max(...stated)
  })
  if (!isDenied && !isTitle && isPurpose && fitting.includes(false)) return 0
  const words = said.map(({ text }) => text)
  const kind = thing.kinds.some((one) => words.includes(one))
    ? worth.kind
    : thing.kinds.some((one) => words.some((word) => isKindOf(one, word, code)))
      ? worth.broaderKind
      : 0
  const brand = isDenied && words.some((word) => thing.brand.has(word)) ? worth.brand : 0
  // "Paper Muffin Cases" may be for any tray for muffins.
  const weight = names.size * (isTitle && !isPurpose ? worth.inTitle : 1) + brand + (tellsFor ? kind : 0)
  if (!tellsFor || !fitting.includes(true)) return weight
  // "Does not fit the 6.2 L model" names it by that alone.
  return isDenied && isPurpose ? weight + worth.measureDenied : weight > 0 ? weight + worth.measure : 0
}

/** The words of a thing's name in some runs. A number names beside a word of the name, or where it is no count. */
function namesIn(runs: readonly (readonly Said[])[], { names, own }: Thing): ReadonlySet<string> {
  const isName = ({ text }: Said, at: number, run: readonly Said[]) =>
    names.has(text) &&
    (!/^\d{1,2}$/.test(text) ||
      [run[at - 1], run[at + 1]].some((one) => one !== undefined && own.has(pairOf(run, at, one))))
  return new Set(runs.flatMap((run) => run.filter(isName).map(({ text }) => text)))
}

/** How many words of a thing's name and of its brand a text says. */
export function saysOfName(text: string, thing: Thing, lexicon: Lexicon): number {
  const runs = saidIn(text, lexicon)
  const isOfBrand = runs.flat().some((said) => thing.brand.has(said.text))
  const { size } = namesIn(runs, thing)
  return size > 0 && isOfBrand ? size + 1 : size
}

/** A word and one beside it, in their order. */
const pairOf = (run: readonly Said[], at: number, beside: Said): string =>
  beside === run[at - 1] ? `${beside.text} ${run[at]?.text}` : `${run[at]?.text} ${beside.text}`

/** Pairs of words side by side. */
const neighbours = (run: readonly Said[]): string[] =>
  run.slice(1).map(({ text }, at) => `${run[at]?.text} ${text}`)

/** The words and numbers of a text by their meanings, in runs that little words and breaks end. Single letters say too little. */
const saidIn = (text: string, lexicon: Lexicon): Said[][] =>
  segmentsOf(text, lexicon).flatMap(({ runs }) => runs)

const flatSaid = (text: string, lexicon: Lexicon): Said[] => saidIn(text, lexicon).flat()

/** The parts of a text between breaks: which of them deny, and which say what something is for. */
function segmentsOf(text: string, lexicon: Lexicon): Segment[] {
  const { language } = lexicon
  const { code } = language
  const units = unitsOf(code)
  const lexemes = lexemesOf(text, code)
  const words = lexemes.map(({ word }) => word)
  const isAt = (at: number, ...roles: GrammarRole[]) => opensWith(words.slice(at), [roles], code)
  /** "Too small for": so many words that say that it is not for something. */
  const denies = (at: number) =>
    isAt(at, 'not', 'forbids') > 0 || (isAt(at, 'too') > 0 && isAt(at + isAt(at, 'too') + 1, 'for') > 0)
  /** "Fits the Kora and not the Max", "… but not the Max"; "für die Max nicht geeignet" denies what stands before. */
  const isContrast = (at: number, { isPurpose, isDenied, runs }: Segment) =>
    !isDenied &&
    denies(at + isAt(at, 'and')) &&
    (isAt(at, 'and') > 0 ||
      (isPurpose && runs.length > 0 && isAt(at + isAt(at, 'not', 'forbids'), 'the', 'for', 'fits') > 0))
  const segments: Segment[] = []
  let run: Said[] = []
  const closeRun = () => {
    if (run.length > 0) segments.at(-1)?.runs.push(run)
    run = []
  }
  for (const [at, { word, kind, breakBefore }] of lexemes.entries()) {
    const before = segments.at(-1)
    if (before === undefined || breakBefore || isContrast(at, before)) {
      closeRun()
      segments.push({ runs: [], isDenied: false, isPurpose: false })
    }
    const segment = segments.at(-1)
    if (segment === undefined) continue
    if (denies(at)) segment.isDenied = true
    if (isAt(at, 'for', 'fits') > 0) segment.isPurpose = true
    if (kind === 'number') {
      const unit = units.get(lexemes[at + 1]?.word ?? '')
      const amount = parseNumber(word)
      if (unit === undefined || !Number.isFinite(amount)) run.push({ text: word, measure: null })
      else run.push({ text: `${amount} ${unit.id}`, measure: { unit: unit.id, amount } })
    } else if (kind === 'sign' || (language.isFunctionWord(word) && word.length > 1)) closeRun()
    else if (word.length > 1 && !(units.has(word) && lexemes[at - 1]?.kind === 'number'))
      run.push({ text: lexicon.meaning(word), measure: null })
  }
  closeRun()
  // "Not for the Hush, the Go or the Max": a list goes on where nothing says anew what it is for.
  for (const [at, segment] of segments.entries()) {
    const before = segments[at - 1]
    if (before?.isPurpose !== true || segment.isPurpose) continue
    segment.isPurpose = true
    segment.isDenied ||= before.isDenied
  }
  return segments
}

/** The line of a listing that denies something of what a word names ("not with descalers of acid"). Null where none does. */
export function deniedOf(name: string, product: Product, lexicon: Lexicon): Evidence | null {
  const { code } = lexicon.language
  const word = lexicon.meaning(name)
  const names = ({ runs, isDenied }: Segment) =>
    isDenied && runs.flat().some(({ text }) => isKindOf(text, word, code))
  return (
    listingEvidence(product, lexicon).find(
      ({ kind, text }) => kind === 'listing' && segmentsOf(text, lexicon).some(names),
    ) ?? null
  )
}
