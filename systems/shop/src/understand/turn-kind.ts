import { expandContractions, expandHasty } from '../language/contractions.ts'
import type { Language } from '../language/language.ts'
import { lexiconOf } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { alikeListings } from '../language/listing-examples.ts'
import { kindExamples, turnExamples } from '../language/turn-examples.ts'
import type { TurnExample } from '../language/turn-examples.ts'
import { fitFurther } from './softmax-regression.ts'
import type { Classifier } from './softmax-regression.ts'

/** What a message is, before it is about any product. */
export const turnKinds = [
  'find',
  'ask',
  'price',
  'reviews',
  'compare',
  'cheaper',
  'narrow',
  'stock',
  'options',
  'deals',
  'price-history',
  'alert',
  'auto-buy',
  'memory',
  'recall',
  'cart',
  'order',
  'shipping',
  'returns',
  'payment',
  'price-match',
  'warranty',
  'complaint',
  'contact',
  'store',
  'advice',
  'assortment',
  'how-to',
  'greeting',
  'thanks',
  'identity',
  'not-ours',
  'self-harm',
  'emergency',
  'medicine',
  'violence',
  'allergy',
] as const
export type TurnKind = (typeof turnKinds)[number]

export interface TurnGuess {
  kind: TurnKind
  /** 0–1. */
  probability: number
  /** By kind. */
  probabilities: ReadonlyMap<TurnKind, number>
}

/** Whether a catalog calls goods by a word, or says it of them: it tells nothing of the kind of a turn. */
export type IsGoods = (word: string) => boolean
const noGoods: IsGoods = () => false

/** Fitted to the examples of turns alone, and to what is asked of made listings beside. */
interface Trained {
  first: Classifier<TurnKind>
  whole: Classifier<TurnKind>
}

const trained = new WeakMap<Language, Trained>()

/**
 * Tells the kind of a message by a multinomial logistic regression over its words and pairs of words, fitted to the examples of
 * the language when it is first asked. Words that no example holds say nothing, so what is sold does not matter. What is told of people
 * (`@about`: "she's just starting out") says what goods are for.
 */
export function turnKindOf(text: string, language: Language, isGoods: IsGoods = noGoods): TurnGuess | null {
  if (language.turnLines.length === 0) return null
  const classifiers = trained.get(language) ?? train(language)
  trained.set(language, classifiers)
  const features = featuresOf(text, language, isGoods)
  // Beside what every message has: without a word that is known there is nothing to tell it by.
  const isWord = (feature: string) => !generic.has(feature) && !feature.startsWith('#')
  const isKnown = (classifier: Classifier<TurnKind>) =>
    features.some((feature) => isWord(feature) && classifier.knows(feature))
  if (!isKnown(classifiers.whole)) return null
  // Who asks of a thing puts it in a sentence; keywords are goods.
  const isSentence = lexemesOf(text, language.code).some(({ word }) => language.isFunctionWord(word))
  if (!isSentence && !isKnown(classifiers.first)) return null
  const best = isKnown(classifiers.first) ? likeliest(classifiers.first.probabilities(features)) : null
  // "In stock" is told by words of its own, whatever else is asked with such little ones.
  const isTold =
    best !== null && !ofAnything.has(best.kind) && howTold(text, [best.kind], language, isGoods) === 'content'
  if (isTold || !isSentence) return best
  return likeliest(joined(classifiers, features))
}

/** Kinds whose words are said of anything: any question may hold one. */
const ofAnything: ReadonlySet<TurnKind> = new Set(['find', 'narrow'])

function likeliest(probabilities: ReadonlyMap<TurnKind, number>): TurnGuess | null {
  const [best] = [...probabilities].toSorted((a, b) => b[1] - a[1])
  return best ? { kind: best[0], probability: best[1], probabilities } : null
}

const spoken = new WeakMap<Language, Map<string, ReadonlySet<string>>>()

/** The words of content of a message, each as its meaning. */
function contentOf(text: string, language: Language): { word: string; meaning: string }[] {
  const lexicon = lexiconOf(language.code)
  return lexemesOf(text).flatMap(({ word, kind }) =>
    kind === 'word' && !language.isFunctionWord(word) ? [{ word, meaning: lexicon.meaning(word) }] : [],
  )
}

/** The words of content that the examples of these kinds hold. */
function wordsOf(kinds: readonly TurnKind[], language: Language): ReadonlySet<string> {
  const byKinds = spoken.get(language) ?? new Map<string, ReadonlySet<string>>()
  spoken.set(language, byKinds)
  const key = kinds.join(' ')
  const known = byKinds.get(key)
  if (known) return known
  const examples = kindExamples(language).filter(({ kind }) => kinds.some((one) => one === kind))
  const held = new Set(
    examples.flatMap((example) => contentOf(withoutKept(example), language).map(({ meaning }) => meaning)),
  )
  byKinds.set(key, held)
  return held
}

/**
 * Whether a message holds a word that the examples of these kinds hold, or no word of content at all: "un oreiller qui ne blesse
 * pas" is told from an emergency by what it is about, not by its little words.
 */
export function speaksOf(text: string, kinds: readonly TurnKind[], language: Language): boolean {
  const said = contentOf(text, language)
  const held = wordsOf(kinds, language)
  return said.length === 0 || said.some(({ meaning }) => held.has(meaning))
}

/** So many words that no example holds speak against a kind; more only make a message longer. */
const mostUntold = 3

/**
 * How much of what a message is about the examples of these kinds speak of: the share of its words of content that they hold, 0–1, with one
 * more that they do, so that one new word does not outweigh a known one. "I want to jump higher" says more than "I want to jump".
 */
export function shareTold(
  text: string,
  kinds: readonly TurnKind[],
  language: Language,
  isGoods: IsGoods = noGoods,
): number {
  const said = contentOf(expandContractions(text, language.code), language)
  const held = wordsOf(kinds, language)
  const told = 1 + said.filter(({ meaning, word }) => held.has(meaning) && !isGoods(word)).length
  return told / (told + Math.min(mostUntold, 1 + said.length - told))
}

/** A word tells a kind where at least this share of the examples that hold it are of it. */
const tellingShare = 0.5

/** Words side by side that so many examples of a kind hold tell it, though each is said of anybody: "arrived broken". */
const manyTell = 3

const telling = new WeakMap<Language, Map<string, Telling>>()

/**
 * Whether a message holds a word of content, a piece of one, or two words side by side, that the examples of these kinds hold and hardly any others: "is
 * allergic", "itches". Without one, words that stand anywhere ("her", "gets so") speak for the kind, and what they are said of may be anything.
 */
export const isToldBy = (
  text: string,
  kinds: readonly TurnKind[],
  language: Language,
  isGoods: IsGoods = noGoods,
): boolean => howTold(text, kinds, language, isGoods) !== null

/**
 * How a message tells that it is of some kinds: by a word of content, by little words side by side alone ("to be"), or not at all. Two words
 * side by side are of content where one of them is none of `isLittle`.
 */
export function howTold(
  text: string,
  kinds: readonly TurnKind[],
  language: Language,
  isGoods: IsGoods = noGoods,
  isLittle: (word: string) => boolean = (word) => language.isFunctionWord(word),
): 'content' | 'form' | null {
  const { known, words } = tellingOf(kinds, language)
  const told = featuresOf(text, language, isGoods).filter((feature) => known.has(feature))
  const isOfContent = (feature: string): boolean => {
    const said = feature.split(' ')
    return said.some(
      (word) => word.startsWith('~') || !(said.length > 1 ? isLittle(word) : language.isFunctionWord(word)),
    )
  }
  const isByContent =
    told.some(isOfContent) ||
    lexemesOf(text).some(({ word, kind }) => kind === 'word' && !isGoods(word) && isFormOf(word, words))
  return isByContent ? 'content' : told.length > 0 ? 'form' : null
}

/** So much of a word, from its beginning, makes it a form of another. */
const formShare = 0.7

/** Whether a word is a form of one of some, or ends in one: "Atemnot" of "Not" is too short to say so, "Schlaftabletten" is not. */
function isFormOf(word: string, words: ReadonlySet<string>): boolean {
  for (const other of words) {
    const longer = Math.max(word.length, other.length)
    let same = 0
    while (same < longer && word[same] === other[same]) same++
    if (same >= pieceLength && same >= formShare * longer) return true
    if (other.length > pieceLength && word.endsWith(other)) return true
  }
  return false
}

interface Telling {
  known: ReadonlySet<string>
  words: ReadonlySet<string>
}

function tellingOf(kinds: readonly TurnKind[], language: Language): Telling {
  const byKinds = telling.get(language) ?? new Map<string, Telling>()
  telling.set(language, byKinds)
  const key = kinds.join(' ')
  const found = byKinds.get(key) ?? tellingFeatures(kinds, language)
  byKinds.set(key, found)
  return found
}

function tellingFeatures(kinds: readonly TurnKind[], language: Language): Telling {
  const counts = new Map<string, { own: number; all: number }>()
  for (const example of kindExamples(language))
    for (const feature of featuresOf(
      namesCondition(example) ? example.text : withoutKept(example),
      language,
    )) {
      if (!/^~|^[^^#].* |^[^#^~ ]{6,}$/u.test(feature)) continue
      const count = counts.get(feature) ?? { own: 0, all: 0 }
      // What is said of anybody tells no kind, however few examples of others hold it.
      const all = example.kind === 'about' ? Infinity : count.all + 1
      counts.set(feature, { own: count.own + (kinds.some((kind) => kind === example.kind) ? 1 : 0), all })
    }
  const lexicon = lexiconOf(language.code)
  // "Daughter is" tells no more than "daughter".
  const isOfAnybody = (pair: string): boolean => {
    const said = pair.split(' ').filter((word) => !language.isFunctionWord(word))
    return said.length > 0 && said.every((word) => counts.get(`~${lexicon.meaning(word)}`)?.all === Infinity)
  }
  const known = new Set(
    [...counts].flatMap(([feature, { own, all }]) =>
      own >= tellingShare * all && !(feature.includes(' ') && own < manyTell && isOfAnybody(feature))
        ? feature
        : [],
    ),
  )
  const words = new Set<string>()
  for (const example of kindExamples(language))
    for (const { word, kind } of lexemesOf(withoutKept(example)))
      if (kind === 'word' && (known.has(`~${lexicon.meaning(word)}`) || known.has(word))) words.add(word)
  return { known, words }
}

/** A condition ("celiac"), or a word that ends in what is said of the thing ("glutenfrei"), tells as well as any other. */
const namesCondition = ({ text, kept }: TurnExample): boolean =>
  kept.some(({ meant, end }) => meant !== null || /^\p{L}/u.test(text.slice(end)))

const talked = new WeakMap<Language, ReadonlySet<string>>()
const talkedOfGoods = new WeakMap<Language, ReadonlySet<string>>()

/** Words that a language's examples use for anything but naming goods. */
export const talkWords = (language: Language): ReadonlySet<string> =>
  keptOf(talked, language, (kind) => kind !== 'find' && kind !== 'about')

/** Kinds whose examples speak of what may be wanted goods for as well: medicine speaks of acne. */
const ofTopics: readonly string[] = [
  'find',
  'about',
  'self-harm',
  'emergency',
  'medicine',
  'violence',
  'allergy',
  'not-ours',
  'how-to',
]

/** Words by which a language's examples speak of goods without naming them. */
export const goodsTalkWords = (language: Language): ReadonlySet<string> =>
  keptOf(talkedOfGoods, language, (kind) => !ofTopics.includes(kind))

function keptOf(
  known: WeakMap<Language, ReadonlySet<string>>,
  language: Language,
  isWanted: (kind: string) => boolean,
): ReadonlySet<string> {
  const found = known.get(language) ?? wordsOfKinds(language, isWanted)
  known.set(language, found)
  return found
}

function wordsOfKinds(language: Language, isWanted: (kind: string) => boolean): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { kind, text, kept } of turnExamples(language))
    if (isWanted(kind))
      for (const { word, start } of lexemesOf(text))
        if (!kept.some((mark) => start >= mark.start && start < mark.end)) found.add(word)
  return found
}

/** Letters of the pieces of a word. */
const pieceLength = 5

/** Features that are no words. */
const generic: ReadonlySet<string> = new Set(['bias', 'keywords'])

/** An example without what somebody has to be kept from: it may be anything, and tells nothing. */
const withoutKept = ({ text, kept }: TurnExample): string =>
  kept.reduceRight((rest, { start, end }) => `${rest.slice(0, start)}…${rest.slice(end)}`, text)

function train(language: Language): Trained {
  const examples = kindExamples(language).map((example) => {
    const kind = example.kind === 'about' ? 'find' : example.kind
    const known = turnKinds.find((each) => each === kind)
    if (known === undefined)
      throw new Error(`"@${kind}" in turns.txt is no kind of turn: ${turnKinds.join(', ')}.`)
    return { kind: known, features: featuresOf(withoutKept(example), language) }
  })
  return fitFurther(turnKinds, examples, questionsOfListings(language))
}

/** How likely each kind is: what hurts as the examples of turns alone tell, whatever is asked of listings beside. */
function joined({ first, whole }: Trained, features: readonly string[]): ReadonlyMap<TurnKind, number> {
  const told = first.probabilities(features)
  const asked = whole.probabilities(features)
  const shareOf = (some: ReadonlyMap<TurnKind, number>) =>
    turnKinds.reduce((sum, kind) => sum + (harms.has(kind) ? 0 : (some.get(kind) ?? 0)), 0)
  const scale = shareOf(told) / Math.max(Number.EPSILON, shareOf(asked))
  return new Map(
    turnKinds.map((kind) => [kind, harms.has(kind) ? (told.get(kind) ?? 0) : (asked.get(kind) ?? 0) * scale]),
  )
}

const harms: ReadonlySet<TurnKind> = new Set(['self-harm', 'emergency', 'medicine', 'violence', 'allergy'])

/** What made questions are about that other kinds of turns are, too: care is asked as how something is done, a guarantee of the store. */
const ofOtherKinds: ReadonlySet<string> = new Set(['colour', 'warranty', 'delivery', 'care', 'use', 'count'])

/** What is asked of made listings asks something of a thing. Further ones are asked in stories, whose words any kind of turn may hold. */
const questionsOfListings = (language: Language): { kind: TurnKind; features: string[] }[] =>
  alikeListings(language).flatMap(({ questions }) =>
    questions.flatMap(({ about, text }) =>
      ofOtherKinds.has(about) ? [] : { kind: 'ask', features: featuresOf(text, language) },
    ),
  )

const endings = new WeakMap<Language, readonly string[]>()

/** What examples write behind a thing in one word with it: `frei` of "glutenfrei". */
function gluedEndings(language: Language): readonly string[] {
  const known = endings.get(language)
  if (known) return known
  const found = new Set(
    turnExamples(language).flatMap(({ text, kept }) =>
      kept.flatMap(({ end }) => /^\p{L}{3,}/u.exec(text.slice(end))?.[0] ?? []),
    ),
  )
  endings.set(language, [...found])
  return [...found]
}

/** Words, their pieces, stems of words with content, neighbours, and how it begins; `…` is a gap that stands for anything. */
function featuresOf(text: string, language: Language, isGoods: IsGoods = noGoods): string[] {
  const glued = gluedEndings(language)
  const words = lexemesOf(
    expandHasty(expandContractions(text, language.code), language.code).replaceAll('…', ' & '),
  ).flatMap(({ word, kind }) => {
    if (kind === 'number') return '#'
    if (kind === 'sign' || isGoods(word)) return '…'
    const ending = glued.find((each) => word.length > each.length + 1 && word.endsWith(each))
    return ending === undefined ? word : ['…', ending]
  })
  const lexicon = lexiconOf(language.code)
  const features = new Set<string>(['bias'])
  words.forEach((word, at) => {
    if (word === '…') return
    features.add(word)
    if (!language.isFunctionWord(word)) features.add(`~${lexicon.meaning(word)}`)
    const next = words[at + 1]
    if (next !== undefined && next !== '…') features.add(`${word} ${next}`)
    if (at === 0) features.add(`^${word}`)
    // Forms and compounds that no example holds share their letters with those that some do.
    for (let from = 0; word.length > pieceLength && from + pieceLength <= word.length; from++)
      features.add(`#${word.slice(from, from + pieceLength)}`)
  })
  // Keywords without a sentence around them are typed by people who look for goods.
  if (!words.some((word) => language.isFunctionWord(word)))
    features.add(words.length > 1 ? 'keywords' : 'bias')
  return [...features]
}
