import { softmax } from '@heavylift/core/math'
import type { Language } from '../language/language.ts'
import { fold } from '../language/fold.ts'
import { lexemesOf } from '../language/lexemes.ts'

/** What a message is, before it is about any product. */
export const turnKinds = [
  'find',
  'ask',
  'reviews',
  'compare',
  'cheaper',
  'narrow',
  'shipping',
  'returns',
  'payment',
  'price-match',
  'warranty',
  'complaint',
  'contact',
  'store',
  'advice',
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

const epochs = 24
const learningRate = 0.5
const decay = 1e-4

/** Weights by feature, one for each kind. */
interface Classifier {
  weights: Map<string, Float64Array>
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
  const scores = scoresOf(featuresOf(text, language), classifier.weights)
  const probabilities = new Map(turnKinds.map((kind, at) => [kind, scores[at] ?? 0]))
  const [best] = [...probabilities].toSorted((a, b) => b[1] - a[1])
  return best ? { kind: best[0], probability: best[1], probabilities } : null
}

function train(language: Language): Classifier {
  const examples: { features: string[]; kind: number }[] = []
  let kind = -1
  for (const line of language.turnLines) {
    if (line.startsWith('@')) kind = turnKinds.indexOf(line.slice(1).trim() as TurnKind)
    else if (kind >= 0) examples.push({ features: featuresOf(line, language), kind })
  }
  const weights = new Map<string, Float64Array>()
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate / (1 + epoch * 0.1)
    for (const { features, kind: wanted } of examples) {
      const scores = scoresOf(features, weights)
      // Long messages pull no harder than short ones.
      const step = rate / Math.sqrt(features.length)
      for (const feature of features) {
        const row = weights.get(feature) ?? new Float64Array(turnKinds.length)
        weights.set(feature, row)
        for (let at = 0; at < row.length; at++) {
          const gradient = (at === wanted ? 1 : 0) - (scores[at] ?? 0)
          row[at] = (row[at] ?? 0) * (1 - rate * decay) + step * gradient
        }
      }
    }
  }
  return { weights }
}

function scoresOf(features: readonly string[], weights: ReadonlyMap<string, Float64Array>): Float64Array {
  const scores = new Float64Array(turnKinds.length)
  const scale = 1 / Math.sqrt(features.length)
  for (const feature of features) {
    const row = weights.get(feature)
    if (row)
      for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] ?? 0) + (row[at] ?? 0) * scale * 2
  }
  return softmax(scores)
}

/** Words, stems of words with content, neighbours, and how it begins; `…` is a gap that stands for anything. */
function featuresOf(text: string, language: Language): string[] {
  const words = lexemesOf(fold(text).replaceAll('…', ' & ')).map(({ word, kind }) =>
    kind === 'number' ? '#' : kind === 'sign' ? '…' : word,
  )
  const features = new Set<string>(['bias'])
  words.forEach((word, at) => {
    if (word === '…') return
    features.add(word)
    if (!language.isFunctionWord(word)) features.add(`~${language.stem(word)}`)
    const next = words[at + 1]
    if (next !== undefined && next !== '…') features.add(`${word} ${next}`)
    if (at === 0) features.add(`^${word}`)
  })
  return [...features]
}
