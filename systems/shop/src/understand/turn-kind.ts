import { createRandom, softmax } from '@heavylift/core/math'
import type { Language } from '../language/language.ts'
import { fold } from '../language/fold.ts'
import { lexiconOf } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'

/** What a message is, before it is about any product. */
export const turnKinds = [
  'find',
  'ask',
  'price',
  'reviews',
  'compare',
  'cheaper',
  'narrow',
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

const epochs = 20
const learningRate = 1
const decay = 2e-4

/** Weights by feature: a row of `turnKinds.length` numbers each. */
interface Classifier {
  rows: Map<string, number>
  weights: Float64Array
}

const trained = new WeakMap<Language, Classifier>()

/**
 * Tells the kind of a message by a multinomial logistic regression over its words and pairs of words, fitted to the examples of
 * the language when it is first asked. Words that no example holds say nothing, so what is sold does not matter.
 */
export function turnKindOf(text: string, language: Language): TurnGuess | null {
  if (language.turnLines.length === 0) return null
  const classifier = trained.get(language) ?? train(language)
  trained.set(language, classifier)
  const features = featuresOf(text, language).flatMap((feature) => classifier.rows.get(feature) ?? [])
  // Beside what every message has: without a word that is known there is nothing to tell it by.
  if (
    features.length <= 1 ||
    !featuresOf(text, language).some((feature) => !generic.has(feature) && classifier.rows.has(feature))
  )
    return null
  const scores = softmax(scoresOf(features, classifier.weights))
  const probabilities = new Map(turnKinds.map((kind, at) => [kind, scores[at] ?? 0]))
  const [best] = [...probabilities].toSorted((a, b) => b[1] - a[1])
  return best ? { kind: best[0], probability: best[1], probabilities } : null
}

const endangering = new WeakMap<Language, ReadonlySet<string>>()

/**
 * Whether a message holds a word that the examples of these kinds hold, or no word of content at all: "un oreiller qui ne blesse
 * pas" is told from an emergency by what it is about, not by its little words.
 */
export function speaksOf(text: string, kinds: readonly TurnKind[], language: Language): boolean {
  const lexicon = lexiconOf(language.code)
  const stemsOf = (said: string) =>
    lexemesOf(fold(said)).flatMap(({ word, kind }) =>
      kind === 'word' && !language.isFunctionWord(word) ? [lexicon.meaning(word)] : [],
    )
  let known = endangering.get(language)
  if (!known) {
    let kind = ''
    const found = new Set<string>()
    for (const line of language.turnLines)
      if (line.startsWith('@')) kind = line.slice(1)
      else if (kinds.some((one) => one === kind)) for (const stem of stemsOf(line)) found.add(stem)
    known = found
    endangering.set(language, known)
  }
  const held = known
  const said = stemsOf(text)
  return said.length === 0 || said.some((stem) => held.has(stem))
}

const talked = new WeakMap<Language, ReadonlySet<string>>()

/** Words that a language's examples use for anything but naming goods. */
export function talkWords(language: Language): ReadonlySet<string> {
  const known = talked.get(language)
  if (known) return known
  const found = new Set<string>()
  let kind = ''
  for (const line of language.turnLines)
    if (line.startsWith('@')) kind = line
    else if (kind !== '@find') for (const { word } of lexemesOf(fold(line))) found.add(word)
  talked.set(language, found)
  return found
}

/** Features that are no words. */
const generic: ReadonlySet<string> = new Set(['bias', 'keywords'])

const width = turnKinds.length

function train(language: Language): Classifier {
  const rows = new Map<string, number>()
  const examples: { features: number[]; kind: number }[] = []
  let kind = -1
  for (const line of language.turnLines) {
    if (line.startsWith('@')) {
      kind = turnKinds.indexOf(line.slice(1).trim() as TurnKind)
      if (kind < 0) throw new Error(`"${line}" in turns.txt is no kind of turn: ${turnKinds.join(', ')}.`)
      continue
    }
    const features = featuresOf(line, language).map((feature) => {
      const row = rows.get(feature) ?? rows.size
      rows.set(feature, row)
      return row
    })
    examples.push({ features, kind })
  }
  const weights = new Float64Array(rows.size * width)
  const random = createRandom('turn kinds')
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate / (1 + epoch * 0.2)
    for (const { features, kind: wanted } of random.sample(examples, examples.length)) {
      const scores = softmax(scoresOf(features, weights))
      const step = rate / Math.sqrt(features.length)
      for (const row of features) {
        for (let at = 0, from = row * width; at < width; at++) {
          const gradient = (at === wanted ? 1 : 0) - scores[at]!
          weights[from + at] = weights[from + at]! * (1 - rate * decay) + step * gradient
        }
      }
    }
  }
  return { rows, weights }
}

/** Long messages count no more than short ones. */
function scoresOf(features: readonly number[], weights: Float64Array): Float64Array {
  const scores = new Float64Array(width)
  const scale = 2 / Math.sqrt(Math.max(1, features.length))
  for (const row of features)
    for (let at = 0, from = row * width; at < width; at++)
      scores[at] = scores[at]! + weights[from + at]! * scale
  return scores
}

/** Words, stems of words with content, neighbours, and how it begins; `…` is a gap that stands for anything. */
function featuresOf(text: string, language: Language): string[] {
  const words = lexemesOf(fold(text).replaceAll('…', ' & ')).map(({ word, kind }) =>
    kind === 'number' ? '#' : kind === 'sign' ? '…' : word,
  )
  const lexicon = lexiconOf(language.code)
  const features = new Set<string>(['bias'])
  words.forEach((word, at) => {
    if (word === '…') return
    features.add(word)
    if (!language.isFunctionWord(word)) features.add(`~${lexicon.meaning(word)}`)
    const next = words[at + 1]
    if (next !== undefined && next !== '…') features.add(`${word} ${next}`)
    if (at === 0) features.add(`^${word}`)
  })
  // Keywords without a sentence around them are typed by people who look for goods.
  if (!words.some((word) => language.isFunctionWord(word)))
    features.add(words.length > 1 ? 'keywords' : 'bias')
  return [...features]
}
