import { writeFile } from 'node:fs/promises'
import { softmax } from '@heavylift/core/math'
import { openTestEmbedder } from '@heavylift/models/testing/meaning'
import { languageCodes } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { kindExamples } from '../../src/language/turn-examples.ts'
import { turnKinds } from '../../src/understand/turn-kind.ts'
import { generateSample } from '../generate.ts'

/**
 * Fits the kinds of turns to what the examples of all languages mean, and writes `src/understand/meant-kinds-weights.ts`. It takes some ten
 * minutes: multilingual E5 small reads each example (gaps are filled with what the sample's shelves are called).
 *
 *   node systems/shop/samples/training/train-turn-kinds.ts
 *
 * How much weights are drawn to zero was chosen on others' messages; see docs/decisions.
 */
const drawn = 100
/** English has four times as many examples as any other. */
const shareOfEnglish = 0.35
const steps = 300
const rate = 0.1
const momentum = 0.9

interface Text {
  text: string
  kind: number
  weight: number
}

function texts(): Text[] {
  const products = generateSample({ seed: 1, products: 400, asOfMs: Date.UTC(2026, 0, 15) })
  const shelves = [
    ...new Set(Array.from(products, ({ product }) => (product.categories.at(-1) ?? '').toLowerCase())),
  ]
  let gaps = 0
  return languageCodes.flatMap((code) =>
    kindExamples(lexiconOf(code).language).map(({ kind, text }) => ({
      text: text.replaceAll('…', () => shelves[gaps++ % shelves.length] ?? ''),
      // What is told of people says what goods are for.
      kind: turnKinds.findIndex((one) => one === (kind === 'about' ? 'find' : kind)),
      weight: code === 'en' ? shareOfEnglish : 1,
    })),
  )
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const read = texts()
const embedder = await openTestEmbedder()
const vectors: Float32Array[] = []
for (let from = 0; from < read.length; from += 64) {
  const batch = read.slice(from, from + 64).map(({ text }) => `query: ${text}`)
  vectors.push(...(await embedder.embed(batch, new AbortController().signal)))
  if (from % 1024 === 0) print({ read: from, of: read.length })
}
await embedder.close()

const width = vectors[0]?.length ?? 0
const means = new Float64Array(width)
for (const vector of vectors) vector.forEach((value, at) => (means[at]! += value / vectors.length))
const spreads = new Float64Array(width)
for (const vector of vectors)
  vector.forEach((value, at) => (spreads[at]! += (value - means[at]!) ** 2 / vectors.length))
spreads.forEach((value, at) => (spreads[at] = Math.sqrt(value)))
const scaled = vectors.map((vector) =>
  Float64Array.from(vector, (value, at) => (value - means[at]!) / spreads[at]!),
)

const total = read.reduce((sum, { weight }) => sum + weight, 0)
const kinds = turnKinds.length
/** Of each kind its weights and then its bias. */
const weights = Array.from({ length: kinds }, () => new Float64Array(width + 1))
const speeds = weights.map((own) => new Float64Array(own.length))
for (let step = 0; step < steps; step++) {
  const slopes = weights.map((own) => new Float64Array(own.length))
  let loss = 0
  for (const [index, row] of scaled.entries()) {
    const { kind: wanted, weight } = read[index]!
    const shares = softmax(weights.map((own) => dot(row, own) + own[width]!))
    loss -= weight * Math.log(shares[wanted]!)
    for (let kind = 0; kind < kinds; kind++) {
      const error = (weight * (shares[kind]! - (kind === wanted ? 1 : 0))) / total
      const slope = slopes[kind]!
      for (let at = 0; at < width; at++) slope[at]! += error * row[at]!
      slope[width]! += error
    }
  }
  for (const [kind, own] of weights.entries())
    for (let at = 0; at <= width; at++) {
      const pull = at < width ? (drawn * own[at]!) / total : 0
      speeds[kind]![at] = momentum * speeds[kind]![at]! - rate * (slopes[kind]![at]! + pull)
      own[at]! += speeds[kind]![at]!
    }
  if (step % 20 === 0) print({ step, loss: loss / total })
}

function dot(row: Float64Array, own: Float64Array): number {
  let sum = 0
  for (let at = 0; at < row.length; at++) sum += row[at]! * own[at]!
  return sum
}

const rows = turnKinds.map((kind, at) => {
  const own = weights[at]!
  const plain = Array.from({ length: width }, (_, column) => own[column]! / spreads[column]!)
  const bias = plain.reduce((sum, value, column) => sum - value * means[column]!, own[width]!)
  const scale = Math.max(...plain.map(Math.abs)) / 127
  const steps = Int8Array.from(plain, (value) => Math.round(value / scale))
  return `  { kind: '${kind}', bias: ${bias.toFixed(4)}, scale: ${scale.toPrecision(5)}, weights: '${Buffer.from(steps.buffer).toString('base64')}' },`
})
const header = `import type { TurnKind } from './turn-kind.ts'

/** Written by samples/training/train-turn-kinds.ts; see docs/decisions for data and figures. \`weights\`: base64 of a byte for each number of a vector. */
export const meantWeights: readonly { kind: TurnKind; bias: number; scale: number; weights: string }[] = [
`
await writeFile(
  new URL('../../src/understand/meant-kinds-weights.ts', import.meta.url),
  `${header}${rows.join('\n')}\n]\n`,
)
print({ written: 'systems/shop/src/understand/meant-kinds-weights.ts', examples: read.length })
