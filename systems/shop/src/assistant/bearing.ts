import type { Product } from '../domain/product.ts'
import { isAskingWord } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { sidesOf } from '../language/sides.ts'
import { unitsOf } from '../language/units.ts'
import { tokenize } from '../understand/text.ts'
import { heading } from './compare.ts'
import type { Dimension } from './dimensions.ts'
import { dimensionNamed, givesDimension } from './dimensions.ts'
import type { Evidence } from '../domain/answer.ts'
import { contentStems, isFunctionWord, meaningOf, words } from './words.ts'

/** Share of a question's telling words that a passage has to hold before it counts as an answer. */
const coverageNeeded = 0.6
/** A field of one word that is asked for has to be so much of what is asked. */
const fieldNeeded = 0.34

const talk = new Set(
  contentStems(
    'first second third fourth fifth tell know question please wonder does anyone come comes work works use product item one thing suitable good ok okay possible sure kind type sort listing say says describe details about much long big',
  ),
)

/** Words around a number that is asked for. */
const measureTalk = new Set(
  contentStems('limit maximum max minimum min most least total go goes need allow get put take takes up'),
)

/** Words of a question that an answer must bear on: not small talk, not the product's own name. */
export function tellingStems(question: string, product: Product, lexicon: Lexicon): string[] {
  const named = nameStems(product, lexicon)
  const telling = saidStems(question, lexicon)
  const beyondName = telling.filter((word) => !named.has(word))
  return [...new Set(beyondName.length ? beyondName : telling)]
}

/** Whether a question says nothing but what the product is called, beside the words that it is put in. */
export function asksOfName(question: string, product: Product, lexicon: Lexicon): boolean {
  const named = nameStems(product, lexicon)
  return saidStems(question, lexicon).every((word) => named.has(word))
}

/** Whether a question for a size names something beside the product and its sides: "how long is the strap?". */
export function asksOfPart(question: string, product: Product, lexicon: Lexicon): boolean {
  const { language } = lexicon
  const ofSides = new Set(sidesOf(language).flatMap(({ words: said }) => [...said]))
  const sized = new Set(dimensionNamed('size', lexicon)?.asks)
  const named = nameStems(product, lexicon)
  return words(question).some(({ text }) => {
    const [stem] = saidStems(text, lexicon)
    return (
      stem !== undefined &&
      !named.has(stem) &&
      !measureTalk.has(stem) &&
      !sized.has(lexicon.stem(fold(text))) &&
      !ofSides.has(fold(text)) &&
      !unitsOf(language.code).has(fold(text)) &&
      !/\d/.test(text)
    )
  })
}

const nameStems = (product: Product, lexicon: Lexicon): ReadonlySet<string> =>
  new Set(contentStems(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`, lexicon))

/** "5 GHz" as it is written in one. */
const glued = (text: string, { language }: Lexicon): string =>
  text.replaceAll(
    /(?<![\p{L}\d])(\d+(?:[.,]\d+)?)\s+(\p{L}{1,12})(?!\p{L})/gu,
    (whole, number: string, unit: string) =>
      unitsOf(language.code).has(fold(unit)) ? `${number}${unit}` : whole,
  )

const saidStems = (question: string, lexicon: Lexicon): string[] =>
  words(glued(question, lexicon))
    .filter(({ text }) => !isFunctionWord(text, lexicon) && !isAskingWord(text, lexicon.language.code))
    .map(({ text }) => meaningOf(text, lexicon))
    .filter((word) => !talk.has(word))

/** At least so many letters at the beginning make two words forms of one: `caffeinated`, `caffeine`. */
const sharedLetters = 5
/** What such a form counts, beside the word itself. */
const formCounts = 0.85
const substituteCounts = 0.8

/** How far one of a passage's words says what a question's word says, 0–1. */
export function likeness(asked: string, held: ReadonlySet<string>, lexicon: Lexicon): number {
  if (held.has(asked)) return 1
  const others = lexicon.synonyms.substitutes([asked])
  if (others.some(({ stems }) => stems.every((stem) => held.has(stem)))) return substituteCounts
  for (const word of held) if (areForms(asked, word)) return formCounts
  return 0
}

/** Whether two stems begin alike and differ in no more than an ending. */
export function areForms(one: string, other: string): boolean {
  if (/\d/.test(one) || /\d/.test(other)) return false
  const shortest = Math.min(one.length, other.length)
  const longest = Math.max(one.length, other.length)
  if (shortest < sharedLetters) return false
  let same = 0
  while (same < shortest && one[same] === other[same]) same++
  return same >= sharedLetters && same >= longest * 0.7
}

/** A passage that answers, and how well; higher is better. */
export interface Bearing {
  evidence: Evidence
  score: number
  /** The question names the field itself ("what material is it?"). */
  isField: boolean
}

/** What of a question is asked for as a number. */
export interface MeasureAsked {
  dimensions: readonly Dimension[]
  /** A side whose size is asked for is answered apart. */
  isOfSide: boolean
}

/**
 * The passages that bear on a question, the most telling first: by how much of what it asks each says, in the same words, in other forms of
 * them or in words of one meaning. A field counts where its name is asked for; one that says yes or no counts for nothing else.
 */
export function bearingOn(
  question: string,
  product: Product,
  evidence: readonly Evidence[],
  { dimensions, isOfSide }: MeasureAsked,
  lexicon: Lexicon,
): Bearing[] {
  const telling = tellingStems(question, product, lexicon)
  if (telling.length === 0 && dimensions.length === 0) return []
  const said = new Set(contentStems(question, lexicon))
  return evidence
    .flatMap((one) => {
      const isMeasured =
        !isOfSide &&
        dimensions.some(
          (dimension) =>
            givesDimension(one.text, dimension, lexicon) &&
            // "How tall is Mount Everest" asks for the height of something else.
            telling.every(
              (word) =>
                // "How much weight can it carry?" asks by words of two.
                dimensions.some(({ asks }) => asks.has(word)) ||
                dimension.units.has(word) ||
                measureTalk.has(word) ||
                likeness(word, one.stems, lexicon) > 0,
            ),
        )
      const score =
        one.kind === 'attribute' ? ofField(one, telling, said, lexicon) : ofText(one, telling, lexicon)
      const isField = one.kind === 'attribute' && isNamed(one, said, lexicon)
      return isMeasured
        ? [{ evidence: one, score: Math.max(score, 0.7) + 0.2, isField }]
        : score > 0
          ? [{ evidence: one, score, isField }]
          : []
    })
    .toSorted((a, b) => b.score - a.score)
}

/** A designation ("G13", "IP65") or a measure says more of what is asked than a word. */
const designationCounts = 3
const measureCounts = 2
/** What another number of the same measure counts: of "5 GHz", "2.4 GHz" is what there is to say. */
const otherNumberCounts = 0.9

const weightOf = (stem: string, code: LanguageCode): number =>
  measureIn(stem, code) !== null
    ? measureCounts
    : /\d/.test(stem) && /\p{L}/u.test(stem)
      ? designationCounts
      : 1

/** The dimension of a measure that is written as one word (`5ghz`); null where it is none. */
const measureIn = (stem: string, code: LanguageCode): string | null => {
  const unit = /^\d+(?:[.,]\d+)?(\p{L}{1,12})$/u.exec(stem)?.[1]
  return unit === undefined ? null : (unitsOf(code).get(unit)?.dimension ?? null)
}

/** How much of what is asked some words say, 0–1. */
function coverage(telling: readonly string[], held: ReadonlySet<string>, lexicon: Lexicon): number {
  const { code } = lexicon.language
  let [whole, said] = [0, 0]
  for (const word of telling) {
    const weight = weightOf(word, code)
    const measure = measureIn(word, code)
    const exact = likeness(word, held, lexicon)
    const isMeasured = measure !== null && [...held].some((each) => measureIn(each, code) === measure)
    whole += weight
    said += weight * (exact === 0 && isMeasured ? otherNumberCounts : exact)
  }
  return whole === 0 ? 0 : said / whole
}

/** Whether a field says yes or no, and nothing else. */
export const isYesOrNo = (value: string): boolean => /^(?:yes|no|true|false|y|n)$/i.test(value.trim())
/** Words of a field's name that are not asked for speak for another field: of "weight", `item weight` and not `package weight`. */
const otherWordCosts = 0.04

/** Whether all words of a field's name are said. */
function isNamed({ text }: Evidence, said: ReadonlySet<string>, lexicon: Lexicon): boolean {
  const own = contentStems(text.slice(0, Math.max(0, text.indexOf(':'))), lexicon)
  return own.length > 0 && own.every((word) => said.has(word))
}

function ofField(
  one: Evidence,
  telling: readonly string[],
  said: ReadonlySet<string>,
  lexicon: Lexicon,
): number {
  const at = one.text.indexOf(':')
  const [name, value] = at === -1 ? ['', one.text] : [one.text.slice(0, at), one.text.slice(at + 1)]
  const own = contentStems(heading(name), lexicon)
  const held = new Set([...own, ...parts(contentStems(glued(value, lexicon), lexicon))])
  const asked = own.filter((word) => likeness(word, said, lexicon) > 0)
  if (isYesOrNo(value) && asked.length < own.length) return 0
  const covered = coverage(telling, held, lexicon)
  const isAsked = own.length > 0 && asked.length === own.length && (own.length > 1 || covered >= fieldNeeded)
  if (covered < coverageNeeded && !isAsked) return 0
  const byName = asked.length === 0 ? 0 : 0.15
  return Math.max(covered, isAsked ? 0.75 : 0) + byName - otherWordCosts * (own.length - asked.length)
}

function ofText(one: Evidence, telling: readonly string[], lexicon: Lexicon): number {
  if (!bearsOn(telling, one, lexicon)) return 0
  const covered = coverage(telling, stemsHeld(one, lexicon), lexicon)
  return covered < coverageNeeded ? 0 : covered * textCounts[one.kind]
}

/** At equal coverage the store's own word comes before another shopper's. */
const textCounts: Readonly<Record<Evidence['kind'], number>> = {
  attribute: 1.1,
  listing: 1.1,
  answer: 1.1,
  policy: 1,
  memory: 1,
  page: 1,
  review: 0.9,
}

/** "Wipe-clean" says wipe and clean. */
const stemsHeld = ({ text, stems }: Evidence, lexicon: Lexicon): ReadonlySet<string> =>
  parts([...stems, ...(/\d\s+\p{L}/u.test(text) ? contentStems(glued(text, lexicon), lexicon) : [])])

const parts = (stems: readonly string[]): ReadonlySet<string> =>
  new Set(stems.flatMap((stem) => [stem, ...stem.split('-')]))

/** How much of a heading has to be asked for; a question that a listing answers itself says more than it asks. */
const headingNeeded = 0.6
const questionNeeded = 0.4

/** Whether what stands under a heading speaks of what is asked itself, or the heading is of nothing else: "Flowers trivia" counts none. */
function bearsOn(telling: readonly string[], { text, heading: over }: Evidence, lexicon: Lexicon): boolean {
  if (over === undefined || !text.startsWith(over)) {
    const own = new Set(contentStems(text, lexicon))
    return over === undefined || telling.some((word) => likeness(word, own, lexicon) > 0)
  }
  const stems = contentStems(over, lexicon)
  const needed = over.endsWith('?') ? questionNeeded : headingNeeded
  return stems.filter((stem) => telling.includes(stem)).length >= needed * stems.length
}

/** Words between a number and what it counts: "22 g of whey protein". */
const mostBetween = 3

/**
 * The passage that gives the number asked for by "how many …" or "how much …": one with a number of what is counted (in its unit, where it
 * is a unit), of those the one that says most of what else is asked. `counted`: the words after "how many". Null where none does.
 */
export function numberOf(
  counted: readonly { word: string }[],
  product: Product,
  evidence: readonly Evidence[],
  lexicon: Lexicon,
): Evidence | null {
  const { code } = lexicon.language
  const asked = counted.filter(({ word }) => !isFunctionWord(word, lexicon) && !isAskingWord(word, code))
  const [noun, ...others] = asked
  if (noun === undefined) return null
  const [first] = tokenize(noun.word, lexicon)
  const dimension = first?.unit?.dimension ?? null
  const nouns = new Set([meaningOf(noun.word, lexicon)])
  const rest = others.map(({ word }) => meaningOf(word, lexicon)).filter((word) => !talk.has(word))
  const found = evidence.flatMap((one) => {
    const tokens = tokenize(one.text, lexicon)
    const isOf = (at: number): boolean => {
      const near = tokens.slice(at + 1, at + 2 + mostBetween)
      const end = near.findIndex(({ breakBefore, kind }) => breakBefore || kind === 'number')
      const own = end === -1 ? near : near.slice(0, end)
      return dimension === null
        ? own.some(({ stem }) => likeness(stem, nouns, lexicon) > 0)
        : own[0]?.unit?.dimension === dimension
    }
    const isNumber = ({ kind, count }: (typeof tokens)[number]) => kind === 'number' || count !== null
    const colon = one.text.indexOf(':')
    const name = one.kind === 'attribute' && colon !== -1 ? tokenize(one.text.slice(0, colon), lexicon) : []
    // A column that is called so ("Servings: 20"), or by the unit ("Flux in lm: 2000").
    const isColumn =
      name.some(({ stem, unit }) =>
        dimension === null ? likeness(stem, nouns, lexicon) > 0 : unit?.dimension === dimension,
      ) && tokens.slice(name.length).some(isNumber)
    if (!isColumn && !tokens.some((token, at) => isNumber(token) && isOf(at))) return []
    const held = stemsHeld(one, lexicon)
    return [{ one, score: coverage(rest, held, lexicon) + (isColumn ? 0.1 : 0) }]
  })
  const [best] = found.toSorted((a, b) => b.score - a.score)
  return best?.one ?? null
}
