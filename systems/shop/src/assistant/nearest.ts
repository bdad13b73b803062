import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { asksWhat, countAsked, isAsking, isAskingWord } from '../language/asking.ts'
import { withoutElision } from '../language/elision.ts'
import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { turnExamples } from '../language/turn-examples.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import { isToldBy } from '../understand/turn-kind.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { askedIn, saysOf } from './asked.ts'
import { areForms } from './bearing.ts'
import { dimensionsAsked, givesDimension, isGivenIn } from './dimensions.ts'
import { contentStems, isFunctionWord, meaningOf, words } from './words.ts'

/** What a word counts that questions are put in whatever they are about ("put", "use"), beside one that is asked about. */
const lightCounts = 0.35
/** A word is light when so many examples of questions hold it. */
const lightFrom = 1
/** Shorter words ("fa") tell nothing. */
const shortestTelling = 3
/** How much of a question a passage has to say. */
const shareNeeded = 0.5
/** What a form or a part of a word counts, beside the word itself. */
const formCounts = 0.9

/** What it counts that a passage says what is asked in the words that listings say it in. */
const bonusOfAsked = 0.3

/** A word as it is said, its stem and what it means. */
interface Said {
  word: string
  stem: string
  meaning: string
}

/** Kinds of turns that ask something of a thing or of what there is. */
const asking: ReadonlySet<string> = new Set(['ask', 'how-to', 'options', 'stock', 'assortment'])

const lightWords = new WeakMap<Language, ReadonlySet<string>>()

function lightOf({ language, stem }: Lexicon): ReadonlySet<string> {
  const known = lightWords.get(language)
  if (known) return known
  const counts = new Map<string, number>()
  for (const { kind, text } of turnExamples(language))
    if (asking.has(kind))
      for (const own of new Set(words(text).map((word) => stem(fold(word.text)))))
        counts.set(own, (counts.get(own) ?? 0) + 1)
  const found = new Set([...counts].flatMap(([own, count]) => (count >= lightFrom ? own : [])))
  lightWords.set(language, found)
  return found
}

const saidIn = (text: string, lexicon: Lexicon): Said[] =>
  words(text)
    .filter((word) => !isFunctionWord(word.text, lexicon))
    .flatMap((word) => word.text.split('-'))
    .map((word) => {
      const bare = fold(withoutElision(word, lexicon.language.code))
      return { word: bare, stem: lexicon.stem(bare), meaning: meaningOf(word, lexicon) }
    })

const namedBy = ({ title, brand }: Product, lexicon: Lexicon): ReadonlySet<string> =>
  new Set(contentStems(`${title} ${brand ?? ''}`, lexicon))

/**
 * The passage that comes nearest to saying what a question asks, in forms and parts of its words and whatever light words it is put in; of a
 * question of several clauses, what one of them asks. Null where none says most of it.
 */
export function nearestTo(
  question: string,
  product: Product,
  evidence: readonly Evidence[],
  lexicon: Lexicon,
): Evidence | null {
  const { code } = lexicon.language
  const clauses = question.split(/[,;.!?]+\s*/).filter((clause) => clause.trim() !== '')
  const asked = clauses.filter((clause) => isAsking(clause, code))
  const named = namedBy(product, lexicon)
  const asks = askedIn(question, lexicon)
  const isOfNumber =
    countAsked(question, code) !== null ||
    (asksWhat(question, code) && dimensionsAsked(question, lexicon).length > 0)
  const held = evidence
    .filter(({ text }) => !isOfNumber || tokenize(text, lexicon).some(isCount))
    .map((one) => ({
      one,
      said: saidIn(one.text, lexicon),
      // "No incluye flores" says of flowers what "¿trae flores?" asks.
      bonus: asks.some((name) => saysOf(name, one.text, lexicon)) ? bonusOfAsked : 0,
    }))
  for (const clause of [question, ...(clauses.length > 1 ? asked : [])]) {
    const telling = saidIn(clause, lexicon).filter(
      ({ word, meaning }) => !/\d/.test(word) && !named.has(meaning) && !isAskingWord(word, code),
    )
    const best = nearest(telling, held, lexicon)
    if (best !== null) return best
  }
  return null
}

/** What a store grants, not the thing. */
const ofStore = ['warranty', 'shipping', 'returns', 'store'] as const

/** Dimensions that a unit alone tells, whatever stands beside it; a length may be that of anything. */
const toldByUnit: ReadonlySet<string> = new Set(['heat', 'light', 'sound', 'speed', 'memory', 'voltage'])

/**
 * The passage that gives the number that is asked for in its unit, where it says all else that is asked: "a quanti gradi arrivano?" by "52 °C".
 * For an age, one that says from or up to which. Null where none does.
 */
export function givenInUnit(
  question: string,
  product: Product,
  evidence: readonly Evidence[],
  lexicon: Lexicon,
): Evidence | null {
  const { code } = lexicon.language
  const light = lightOf(lexicon)
  const { 'at-least': least, 'at-most': most, from, between, for: forWords } = grammarOf(code)
  const bounded = new RegExp(
    `${anyOf([...least, ...most, ...from, ...between, ...forWords])}\\s*\\d|\\d\\s*\\+`,
    'iu',
  )
  const limits = new Set([...least, ...most].map((word) => lexicon.stem(fold(word))))
  const named = namedBy(product, lexicon)
  for (const dimension of dimensionsAsked(question, lexicon)) {
    const others = saidIn(question, lexicon).filter(
      ({ word, stem, meaning }) =>
        word.length >= shortestTelling &&
        !/\d/.test(word) &&
        !dimension.asks.has(stem) &&
        !dimension.units.has(word) &&
        !light.has(stem) &&
        !limits.has(stem) &&
        !named.has(meaning) &&
        !isAskingWord(word, code),
    )
    const given = evidence.filter((one) => isGivenIn(one.text, dimension))
    const found = given.find(
      (one) =>
        (toldByUnit.has(dimension.name) || (dimension.name === 'age' && bounded.test(one.text))) &&
        others.every((word) => likeness(word, saidIn(one.text, lexicon)) > 0),
    )
    if (found) return found
    const told = given.filter(
      ({ kind, text }) => kind === 'listing' && givesDimension(text, dimension, lexicon),
    )
    // "2 years" may be the warranty's, whose age is asked.
    if (dimension.name !== 'age' && asksWhat(question, code) && told.length === 1 && told[0]) return told[0]
    // A listing that states one time says how long; unless it is what the store grants ("2 years of warranty", "delivered in 3 days").
    const [only] = given
    if (
      dimension.name === 'time' &&
      given.length === 1 &&
      only &&
      others.length === 0 &&
      !isToldBy(only.text, ofStore, lexicon.language)
    )
      return only
  }
  return null
}

const isCount = ({ kind, count }: Token): boolean => kind === 'number' || count !== null

function nearest(
  telling: readonly Said[],
  held: readonly { one: Evidence; said: readonly Said[]; bonus: number }[],
  lexicon: Lexicon,
): Evidence | null {
  const light = lightOf(lexicon)
  const weightOf = ({ stem }: Said): number => (light.has(stem) ? lightCounts : 1)
  const whole = telling.reduce((sum, word) => sum + weightOf(word), 0)
  if (whole === 0) return null
  const scored = held
    .map(({ one, said, bonus }) => {
      const share = telling.reduce((sum, word) => sum + weightOf(word) * likeness(word, said), 0) / whole
      return { one, share: share === 0 ? 0 : share + bonus }
    })
    .filter(({ share }) => share >= shareNeeded)
    .toSorted((a, b) => b.share - a.share)
  return scored[0]?.one ?? null
}

const likeness = (asked: Said, held: readonly Said[]): number =>
  held.some(({ meaning, stem }) => meaning === asked.meaning || stem === asked.stem)
    ? 1
    : held.some((other) => isFormOf(asked, other))
      ? formCounts
      : 0

/** A part of a word that stands for itself has as many letters at least: `helm` of `fietshelm`. */
const leastPart = 4
/** More letters behind a word make another of it. */
const longestEnding = 5
/** What can be done with a thing, as "lavable" of "laver" says it in seven languages. */
const ability = /^[aeiu]{0,2}(?:b(?:le|il|el|ar|aar)|vel|vole)/

/** Whether two words are of one root ("laver", "lavable"), or one stands within the other ("fietshelm"). */
function isFormOf(asked: Said, held: Said): boolean {
  if (areForms(asked.stem, held.stem)) return true
  const [short, long] = asked.word.length <= held.word.length ? [asked, held] : [held, asked]
  const at = long.word.indexOf(short.stem)
  const ending = long.word.slice(at + short.stem.length)
  if ((at === 0 || (at > 0 && short.stem.length >= leastPart)) && ability.test(ending)) return true
  if (short.stem.length < leastPart) return false
  return long.stem.endsWith(short.stem) || (at === 0 && ending.length <= longestEnding)
}
