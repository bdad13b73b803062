import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { logistic } from '@heavylift/core/math'
import type { FirstFeatures } from '../../src/assistant/first-wish/first-features.ts'
import { mistakable } from '../../src/assistant/first-wish/first-wish.ts'
import type { Plan } from '../../src/assistant/plan/plan.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { openLabelledStores } from './first-messages.ts'
import { fitLogistic } from './fit-logistic.ts'

/**
 * Fits by what a conversation's first message is told to be a wish.
 *
 *   node systems/shop/samples/training/train-first-wish.ts [--data DIR] [--pull 1] [--rows FILE] [--write]
 *
 * `first-messages/` beside it is always read; DIR holds further stores, as `heavylift eval shop.answers` reads them. Each store is told by weights fitted to
 * the others. With --rows what was seen is kept in FILE and read from there the next time. With --write `src/assistant/first-wish/first-weights.ts` gets the weights.
 */
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    pull: { type: 'string', default: '1' },
    rows: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})

interface Row {
  store: string
  text: string
  isWish: boolean
  kind: Plan['kind']
  features: FirstFeatures
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const { signal } = new AbortController()

async function readRows(): Promise<Row[]> {
  const known = options.rows && (await readFile(options.rows, 'utf8').catch(() => null))
  if (known) return JSON.parse(known) as Row[]
  const rows: Row[] = []
  const scratch = await mkdtemp(join(tmpdir(), 'heavylift-first-wish-'))
  try {
    for await (const { catalog, messages } of openLabelledStores(options.data ?? null, scratch)) {
      let seen: Pick<Row, 'kind' | 'features'> | null = null
      const seeFirst = (features: FirstFeatures, kind: Plan['kind']) => void (seen = { features, kind })
      const talker = new Talker({ ...catalog, seeFirst }, signal)
      for (const message of messages) {
        seen = null
        await talker.say(message.text, null, {})
        if (seen !== null)
          rows.push({ store: catalog.name, ...message, ...(seen as Pick<Row, 'kind' | 'features'>) })
      }
      print({ store: catalog.name, rows: rows.length })
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  if (options.rows) await writeFile(options.rows, JSON.stringify(rows))
  return rows
}

const rows = await readRows()
const names = Object.keys(rows[0]?.features ?? {}) as (keyof FirstFeatures)[]
const vectorOf = ({ features }: Row): number[] => [1, ...names.map((name) => features[name])]

/** What the rules took for something that may be a wish counts more than what they took right. */
const weightOf = ({ kind }: Row): number => (mistakable.has(kind) ? 1 : 0.3)

const fit = (of: readonly Row[]): Float64Array =>
  fitLogistic(
    of.map((row) => ({ features: vectorOf(row), isTrue: row.isWish, weight: weightOf(row) })),
    { prior: new Float64Array(names.length + 1), pull: Number(options.pull) },
  )
const sureness = (row: Row, weights: Float64Array): number =>
  logistic(vectorOf(row).reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0))

const left = [...new Set(rows.map(({ store }) => store))].flatMap((store) => {
  const weights = fit(rows.filter((row) => row.store !== store))
  return rows
    .filter((row) => row.store === store && mistakable.has(row.kind))
    .map((row) => ({ ...row, sure: sureness(row, weights) }))
})
for (const least of [0.4, 0.5, 0.6, 0.7, 0.8]) {
  const taken = left.filter(({ sure }) => sure > least)
  print({
    least,
    wishes: left.filter(({ isWish }) => isWish).length,
    heard: taken.filter(({ isWish }) => isWish).length,
    others: left.filter(({ isWish }) => !isWish).length,
    mistaken: taken.filter(({ isWish }) => !isWish).length,
  })
}
for (const { store, text, isWish, kind, sure } of left.filter(({ sure, isWish }) => isWish !== sure > 0.6))
  print({ store, kind, isWish, sure: Math.round(sure * 100) / 100, text })

const weights = fit(rows)
const rounded = [...weights].map((value) => Math.round(value * 100) / 100)
const byName = Object.fromEntries(names.map((name, at) => [name, rounded[at + 1]]))
print({ bias: rounded[0], weights: byName })
if (options.write) {
  const file = new URL('../../src/assistant/first-wish/first-weights.ts', import.meta.url)
  const text = await readFile(file, 'utf8')
  const written = `= {\n  bias: ${rounded[0]},\n  weights: ${JSON.stringify(byName, null, 4).replaceAll('"', '').replace(/\}$/, '  }')},\n}`
  await writeFile(file, text.replace(/= \{\n {2}bias[\s\S]*?\n\}/, written))
}
