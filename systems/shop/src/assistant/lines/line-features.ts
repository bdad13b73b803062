import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { asksWhat, countAsked } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import type { Language } from '../../language/language.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { turnExamples } from '../../language/turn-examples.ts'
import { tokenize } from '../../understand/text.ts'
import { askedIn, evidenceFor, saysOf } from '../asked.ts'
import { dimensionsAsked, givesDimension, isGivenAs } from '../dimensions.ts'
import { isYesOrNo } from '../listing-lines.ts'
import { contentStems, meaningOf, words } from '../words.ts'
import { aboutAnswers, notAbout, wordsOfQuestions } from './about.ts'
import { askedBeyondName, asksOnlyMeasure } from './beyond-name.ts'
import { isFormOf, isSame, saidIn } from './said.ts'
import type { Said } from './said.ts'

/** What is known of a question and a line of a listing; each about 0–1, so that one pull suits all weights. */
export interface LineFeatures {
  /** How much of what is asked the line says, by weight of the words; in the same words only; without those of the product's name. */
  covered: number
  coveredSquared: number
  coveredExactly: number
  coveredBeyondName: number
  /** How much more of it this line says than any other; negative where another says more. */
  lead: number
  isBest: number
  /** Words of the question that it says, of four; and as a share of its own. */
  matches: number
  density: number
  /** Of a field or a section: how much of its name is asked for, and how many words of it are not. */
  nameSaid: number
  nameLeft: number
  valueSaid: number
  isField: number
  isSection: number
  isShelf: number
  /** A field that says yes or no; where its whole name is not asked for. */
  isYesNo: number
  isYesNoOfOther: number
  /** A number is asked for: the line gives one, or none. */
  numberGiven: number
  numberLacking: number
  /** A dimension is asked for: the line gives it and speaks of it, or gives no such unit. */
  dimensionGiven: number
  dimensionLacking: number
  /** Something is asked that listings say in other words: the line says it, is the one that says it best (and nothing else is asked), or does not. */
  asideSaid: number
  asideBest: number
  asideAlone: number
  asideLacking: number
  length: number
  /** How likely the line is about what the question is about, 0–1; how much likelier than any other line; how sure it is about something else. */
  aboutSaid: number
  aboutLead: number
  aboutOther: number
}

/** The same of a question and a line whose meanings are known. */
export interface MeaningFeatures {
  cosine: number
  beyondMean: number
  cosineLead: number
  isNearest: number
}

/** A logistic regression of whether a line answers, and the probability from which it is said. */
export interface LineModel {
  bias: number
  weights: Readonly<Record<string, number>>
  /** 0–1. */
  answersFrom: number
}

/** Kinds of turns that ask something of a thing or of what there is. */
const asking: ReadonlySet<string> = new Set(['ask', 'how-to', 'options', 'stock', 'assortment'])
const counted = new WeakMap<Language, ReadonlyMap<string, number>>()

/** How many examples of questions hold a stem: words that questions are put in, whatever they are about. */
function timesAsked({ language, stem }: Lexicon): ReadonlyMap<string, number> {
  const known = counted.get(language)
  if (known) return known
  const counts = new Map<string, number>()
  for (const { kind, text } of turnExamples(language))
    if (asking.has(kind))
      for (const own of new Set(words(text).map((word) => stem(fold(word.text)))))
        counts.set(own, (counts.get(own) ?? 0) + 1)
  counted.set(language, counts)
  return counts
}

/** What a form of a word, a part of it, or a word of the same meaning counts beside the word itself. */
const formCounts = 0.8
/** What a word of the product's own name counts: all of its listing is about it. */
const nameCounts = 0.25
/** A designation ("G13", "IP65") says more of what is asked than a word, a bare number and "at most" less. */
const designationCounts = 2
const lightCounts = 0.25
/** Whether a text holds what stands for a word: a synonym of it, also of several words. `held`: the meanings of the text's words. */
const substituteOf = (asked: string, held: ReadonlySet<string>, lexicon: Lexicon): boolean =>
  lexicon.synonyms.substitutes([asked]).some(({ stems }) => stems.every((stem) => held.has(stem)))

const isDesignation = ({ word }: Said): boolean => /\d/.test(word) && /\p{L}/u.test(word)
const isNumber = ({ word }: Said): boolean => /^[\d.,]+$/.test(word)

/** A line taken apart: the name of a field or the heading of a section, and the rest. */
function partsOf(line: Evidence, lexicon: Lexicon) {
  const colon = line.kind === 'attribute' ? line.text.indexOf(':') : -1
  const isSection = line.heading !== undefined && line.text.startsWith(line.heading)
  const at = isSection ? (line.heading?.length ?? 0) : colon
  const name = at > 0 ? saidIn(line.text.slice(0, at), lexicon) : []
  const value = saidIn(line.text.slice(at + 1), lexicon)
  const all = [...name, ...value, ...(line.question === undefined ? [] : saidIn(line.question, lexicon))]
  return { line, isSection, name, value, all, meanings: new Set(all.map(({ meaning }) => meaning)) }
}

/**
 * What is known of each line of a product's listing as an answer to a question, by words alone. A word counts the more the fewer of the lines hold
 * it and the fewer questions are put in it.
 */
export function lineFeatures(
  question: string,
  product: Product,
  lines: readonly Evidence[],
  lexicon: Lexicon,
): LineFeatures[] {
  const { code } = lexicon.language
  const often = timesAsked(lexicon)
  const named = new Set(
    contentStems(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`, lexicon),
  )
  const asked = askedBeyondName(question, product, lexicon)
  const isNamed = asked.map(({ meaning }) => named.has(meaning))
  const count = countAsked(question, code)
  const isWhat = asksWhat(question, code)
  const { 'at-least': least, 'at-most': most } = grammarOf(code)
  const limits = new Set([...least, ...most].map((word) => lexicon.stem(fold(word))))
  const dimensions = dimensionsAsked(question, lexicon)
  const isOfNumber = count !== null || (isWhat && dimensions.length > 0)
  const asides = askedIn(question, lexicon)
  const bestAside = new Set(asides.flatMap((name) => evidenceFor(name, product, lexicon)?.text ?? []))
  const isAlone = isNamed.every(Boolean)

  const isOfMeasure = asksOnlyMeasure(question, product, lexicon)
  const parts = lines.map((line) => partsOf(line, lexicon))
  const givenIn = parts.map(({ line }) => dimensions.filter((each) => isGivenAs(line.text, each, lexicon)))
  const alike = parts.map(({ all, meanings }, at) => {
    const given = givenIn[at] ?? []
    // "How much weight can it carry?" asks for a load in the word of what shares its unit.
    const told = dimensions.filter((each) =>
      given.some((one) => [...one.units].some((unit) => each.units.has(unit))),
    )
    return asked.map((word) =>
      all.some((held) => isSame(word, held))
        ? 1
        : // "80 kg" says what "weigh", "carry" and "kilos" ask for.
          told.some(({ asks, units }) => asks.has(word.stem) || units.has(word.word)) ||
            substituteOf(word.meaning, meanings, lexicon) ||
            all.some((held) => isFormOf(word, held))
          ? formCounts
          : 0,
    )
  })
  const kindCounts = (word: Said): number =>
    isDesignation(word) ? designationCounts : isNumber(word) || limits.has(word.stem) ? lightCounts : 1
  const weights = asked.map((word, at) => {
    const holding = alike.filter((own) => (own[at] ?? 0) > 0).length
    const rarity = Math.log((lines.length + 1) / (holding + 0.5)) / Math.log(2 * (lines.length + 1))
    return (
      ((0.3 + 0.7 * rarity) * (isNamed[at] ? nameCounts : 1) * kindCounts(word)) /
      (1 + Math.log1p(often.get(word.stem) ?? 0))
    )
  })
  const share = (own: readonly number[], least = 0, isLeftOut: readonly boolean[] = []): number => {
    const kept = weights.map((weight, at) => (isLeftOut[at] ? 0 : weight))
    const whole = kept.reduce((sum, weight) => sum + weight, 0)
    const said = kept.reduce(
      (sum, weight, at) => sum + ((own[at] ?? 0) >= least ? weight * (own[at] ?? 0) : 0),
      0,
    )
    return whole === 0 ? 0 : said / whole
  }
  const covered = alike.map((own) => share(own))
  const title = new Set(saidIn(product.title, lexicon).map(({ meaning }) => meaning))
  const abouts = aboutAnswers(question, lines, lexicon, (word) => title.has(meaningOf(word, lexicon)))
  // "How long is the strap?" asks it of a part: no line answers that lacks it, where another names it or little else is asked.
  const inQuestions = wordsOfQuestions(lexicon)
  const isPart = asked.map(
    (word, at) =>
      !isNamed[at] &&
      !isNumber(word) &&
      !inQuestions.has(word.meaning) &&
      !dimensions.some(({ asks }) => asks.has(word.stem)),
  )
  const isPartAsked = speaksOfPart(
    question,
    asked.filter((_, at) => isPart[at]),
    lexicon,
  )
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const isOfOtherPart = (own: readonly number[]): boolean => {
    const lacking = weights.flatMap((weight, at) =>
      isPart[at] && (own[at] ?? 0) === 0 ? { weight, at } : [],
    )
    return (
      lacking.some((word) => alike.some((other) => (other[word.at] ?? 0) > 0)) ||
      (isPartAsked && lacking.reduce((sum, { weight }) => sum + weight, 0) > whole / 2)
    )
  }
  const [best = 0, second = 0] = covered.toSorted((a, b) => b - a)
  return parts.map(({ line, isSection, name, value, all }, at) => {
    const own = alike[at] ?? []
    const cover = covered[at] ?? 0
    const matches = own.filter((each) => each > 0).length
    const given = givenIn[at] ?? []
    const namesAsked = name.filter(
      (word) =>
        asked.some((each) => isSame(each, word) || isFormOf(each, word)) ||
        // "Weight: 3 kg" is asked for by "how heavy".
        (isOfMeasure && given.some(({ told }) => told.has(word.stem))),
    )
    const valuesAsked = value.filter((word) => asked.some((each) => isSame(each, word)))
    const nameSaid = name.length === 0 ? 0 : namesAsked.length / name.length
    const isField = line.kind === 'attribute'
    const field = line.source.kind === 'product' ? line.source.field : ''
    const isYesNo = isField && isYesOrNo(line.text)
    const hasNumber = tokenize(line.text, lexicon).some(
      (token) => token.kind === 'number' || token.count !== null,
    )
    const hasUnit = given.length > 0
    const saysAside = asides.some((each) => saysOf(each, line.text, lexicon))
    const isBestAside = bestAside.has(line.text)
    return {
      covered: cover,
      coveredSquared: cover ** 2,
      coveredExactly: share(own, 1),
      coveredBeyondName: share(own, 0, isNamed),
      lead: cover - (cover === best ? second : best),
      isBest: +(cover === best && best > 0),
      matches: Math.min(4, matches) / 4,
      density: all.length === 0 ? 0 : matches / all.length,
      nameSaid,
      nameLeft: Math.min(4, name.length - namesAsked.length) / 4,
      valueSaid: value.length === 0 ? 0 : valuesAsked.length / value.length,
      isField: +isField,
      isSection: +isSection,
      isShelf: +(isField && shelf.has(field)),
      isYesNo: +isYesNo,
      isYesNoOfOther: +(isYesNo && nameSaid < 1),
      numberGiven: +(isOfNumber && hasNumber),
      numberLacking: +(isOfNumber && !hasNumber),
      dimensionGiven: +given.some((each) => givesDimension(line.text, each, lexicon)),
      dimensionLacking: +(dimensions.length > 0 && !hasUnit),
      asideSaid: +saysAside,
      asideBest: +isBestAside,
      asideAlone: +(isBestAside && isAlone),
      asideLacking: +(asides.length > 0 && !saysAside && !isBestAside),
      length: Math.min(1, Math.log1p(line.text.length) / 6),
      ...(isOfOtherPart(own)
        ? { ...notAbout, aboutOther: abouts[at]?.aboutOther ?? 0 }
        : (abouts[at] ?? notAbout)),
    }
  })
}

/** Whether a question speaks of a thing that one of some words calls: "what is the strap made of", not "my husband wakes at any sound". */
function speaksOfPart(question: string, parts: readonly Said[], lexicon: Lexicon): boolean {
  const { the, article } = grammarOf(lexicon.language.code)
  const said = words(question).map(({ text }) => fold(text))
  return parts.some(({ at }) => [...the, ...article].includes(said[at - 1] ?? ''))
}

/** Where a thing stands in the store. */
const shelf: ReadonlySet<string> = new Set(['categories', 'brand', 'services'])

/** Vectors of texts that have nothing to do with each other have about this cosine with E5. */
const usualCosine = 0.8

/** What the meanings add; `cosines`: of the question with each line. */
export function meaningFeatures(cosines: readonly number[]): MeaningFeatures[] {
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, cosines.length)
  const [best = 0, second = best] = cosines.toSorted((a, b) => b - a)
  return cosines.map((cosine) => ({
    cosine: (cosine - usualCosine) * 10,
    beyondMean: (cosine - mean) * 10,
    cosineLead: (cosine - (cosine === best ? second : best)) * 10,
    isNearest: +(cosine === best),
  }))
}
