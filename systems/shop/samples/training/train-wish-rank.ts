import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { fitLogistic } from './fit-logistic.ts'
import { openTestEmbedder } from '@heavylift/models/testing/meaning'
import type { TestEmbedder } from '@heavylift/models/testing/meaning'
import { hearing } from '../../src/evals/dialogue/hearing.ts'
import { openWishStores } from './marked-wishes.ts'

/**
 * Fits by what the goods are ordered that a wish may mean.
 *
 *   node systems/shop/samples/training/train-wish-rank.ts [--data DIR] [--pull 1] [--write]
 *
 * DIR holds stores and marked wishes as `heavylift eval shop.answers` reads them; without it, `samples/stores`. A right one of the goods and one that is not, of the same wish, are a pair; their
 * features' differences are fitted. Each store is ranked by weights fitted to the others; once by words alone, and once with the model for embeddings. With --write `src/assistant/wish-rank-weights.ts` is replaced.
 */
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: fileURLToPath(new URL('../stores', import.meta.url)) },
    pull: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
})

interface Candidate {
  features: Record<string, number>
  isRight: boolean
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const rounded = (value: number): number => Math.round(value * 1000) / 1000

const { signal } = new AbortController()

/** The goods that each wish of each store may mean, with what is known of them; with what texts mean, where an embedder is given. */
async function candidatesOf(embedder: TestEmbedder | null): Promise<Map<string, Candidate[][]>> {
  const stores = new Map<string, Candidate[][]>()
  const scratch = await mkdtemp(join(tmpdir(), 'heavylift-wish-rank-'))
  try {
    for await (const { name, file, store, wishes } of openWishStores(options.data, scratch, embedder)) {
      let seen: Candidate[] = []
      let right: ReadonlySet<string> = new Set()
      const talker = new Talker(
        {
          name,
          store,
          policies: file.policies,
          ...(embedder ? hearing(embedder, signal) : {}),
          seeRanked: (ranked) => {
            seen = [...ranked].map(([{ id }, features]) => ({
              features: { ...features },
              isRight: right.has(id),
            }))
          },
        },
        signal,
      )
      const ranked: Candidate[][] = []
      for (const wish of wishes) {
        if (wish.right.size === 0) continue
        seen = []
        right = wish.right
        await talker.say(wish.text, null, {})
        if (seen.length > 0) ranked.push(seen)
      }
      stores.set(name, ranked)
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  return stores
}

function fit(wishes: readonly Candidate[][]): Record<string, number> {
  const names = [...new Set(wishes.flat().flatMap(({ features }) => Object.keys(features)))]
  const samples = wishes.flatMap((candidates) => {
    const right = candidates.filter(({ isRight }) => isRight)
    const others = candidates.filter(({ isRight }) => !isRight)
    return right.flatMap((one) =>
      others.map((other) => ({
        features: names.map((name) => (one.features[name] ?? 0) - (other.features[name] ?? 0)),
        isTrue: true,
        // Each wish counts the same.
        weight: 10 / (right.length * others.length),
      })),
    )
  })
  const weights = fitLogistic(samples, {
    prior: new Float64Array(names.length),
    pull: Number(options.pull),
  })
  return Object.fromEntries(names.map((name, at) => [name, rounded(weights[at] ?? 0)]))
}

const scoreOf = ({ features }: Candidate, weights: Record<string, number>): number =>
  Object.entries(features).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, 0)

function figures(wishes: readonly Candidate[][], score: (one: Candidate) => number) {
  const places = wishes.map((candidates) =>
    candidates.toSorted((a, b) => score(b) - score(a)).findIndex(({ isRight }) => isRight),
  )
  const within = (most: number) =>
    rounded(places.filter((place) => place !== -1 && place < most).length / wishes.length)
  return { n: wishes.length, first: within(1), three: within(3), six: within(6) }
}

function fitAll(stores: ReadonlyMap<string, Candidate[][]>): Record<string, number> {
  const total = { n: 0, first: 0 }
  for (const [left, wishes] of stores) {
    const weights = fit([...stores].flatMap(([name, each]) => (name === left ? [] : each)))
    const own = figures(wishes, (one) => scoreOf(one, weights))
    total.n += own.n
    total.first += own.n * own.first
    print({
      left,
      ranked: own,
      plain: figures(wishes, ({ features }) => features['place'] ?? 0),
      ofKind: figures(wishes, ({ features }) => features['placeOfKind'] ?? 0),
      near: figures(wishes, ({ features }) => features['near'] ?? 0),
    })
  }
  print({ n: total.n, first: rounded(total.first / total.n) })
  return fit([...stores.values()].flat())
}

const weights = fitAll(await candidatesOf(null))
const embedder = await openTestEmbedder()
let near: Record<string, number>
try {
  near = fitAll(await candidatesOf(embedder))
} finally {
  await embedder.close()
}
print({ weights, near })
if (options.write) {
  const table = (name: string, values: Record<string, number>) =>
    `export const ${name}: Readonly<Record<string, number>> = ${JSON.stringify(values, null, 2)}\n`
  const text = `/** Written by samples/training/train-wish-rank.ts. */\n${table('wishRankWeights', weights)}\n/** Where meaning is known. */\n${table('wishRankWeightsNear', near)}`
  await writeFile(new URL('../../src/assistant/wish-rank-weights.ts', import.meta.url), text)
}
