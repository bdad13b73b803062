import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Plan } from '../../src/assistant/plan/plan.ts'
import type { Referent } from '../../src/assistant/referents/referent-features.ts'
import { leastSure } from '../../src/assistant/referents/referent-weights.ts'
import type { Attempt } from '../../src/assistant/second-reading.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { fitChoice, probabilitiesOf } from './fit-choice.ts'
import { openToldStores } from './told-referents.ts'

/**
 * Fits by what the product is told that a message in the middle of a talk is about.
 *
 *   node systems/shop/samples/training/train-referents.ts [--data DIR] [--pull 1] [--rows FILE] [--write]
 *
 * `referents/` beside it is always read; DIR holds stores and `NAME.meant.tsv` beside their conversations; without it, `samples/stores`. Each store is told by weights fitted to the
 * others. With --rows what was seen is kept in FILE and read from there the next time. With --write `src/assistant/referents/referent-weights.ts` gets the weights.
 */
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: fileURLToPath(new URL('../stores', import.meta.url)) },
    pull: { type: 'string', default: '1' },
    rows: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})

interface Row {
  store: string
  say: string
  right: readonly string[]
  kind: Plan['kind']
  /** Whether another product may be taken than the answer by rules is about. */
  isOpen: boolean
  /** What the answer by rules is about. */
  byRules: readonly string[]
  /** The id of each candidate, null for none of them, with what speaks for it. */
  candidates: { id: string | null; features: Record<string, number> }[]
}

type Seen = Pick<Row, 'kind' | 'isOpen' | 'byRules' | 'candidates'>

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const { signal } = new AbortController()

async function readRows(): Promise<Row[]> {
  const known = options.rows && (await readFile(options.rows, 'utf8').catch(() => null))
  if (known) return JSON.parse(known) as Row[]
  const rows: Row[] = []
  const scratch = await mkdtemp(join(tmpdir(), 'heavylift-referents-'))
  try {
    for await (const { catalog, talks } of openToldStores(options.data, scratch)) {
      let seen: Seen | null = null
      const seeReferents = (referents: readonly Referent[], found: Attempt, isOpen: boolean) => {
        seen = {
          kind: found.plan.kind,
          isOpen,
          byRules: found.facts.subjectIds,
          candidates: referents.map(({ product, features }) => ({ id: product?.id ?? null, features })),
        }
      }
      const talker = new Talker({ ...catalog, seeReferents }, signal)
      for (const talk of talks) {
        let state = {}
        for (const told of talk) {
          seen = null
          const said = await talker.say(told.say, told.page, told.state ?? state)
          state = said.state
          if (told.right !== null && seen !== null)
            rows.push({
              store: catalog.name,
              say: told.say,
              right: told.right,
              ...(seen as Seen),
            })
        }
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  if (options.rows) await writeFile(options.rows, JSON.stringify(rows))
  return rows
}

const aboutOne: ReadonlySet<Plan['kind']> = new Set(['product-answer', 'review-answer', 'how-to', 'allergy'])
const ofGoods: ReadonlySet<Plan['kind']> = new Set(['results', 'advice', 'assortment'])

const isRight = ({ right }: Row, id: string | null): boolean =>
  id === null ? right.length === 0 : right.includes(id)

/** Whether the answer by rules is about what is meant. A table of several is no choice between them. */
const isRightByRules = (row: Row): boolean =>
  aboutOne.has(row.kind)
    ? isRight(row, row.byRules[0] ?? '')
    : ofGoods.has(row.kind)
      ? isRight(row, null)
      : false

const rows = (await readRows()).filter(({ kind }) => kind !== 'comparison')
const names = [
  ...new Set(rows.flatMap(({ candidates }) => candidates.flatMap(({ features }) => Object.keys(features)))),
].toSorted()
const choiceOf = (row: Row) =>
  row.candidates.map(({ id, features }) => ({
    features: names.map((name) => features[name] ?? 0),
    isRight: isRight(row, id),
  }))
const fit = (of: readonly Row[]): Float64Array => fitChoice(of.map(choiceOf), Number(options.pull))

const total = { n: 0, byRules: 0, learned: 0, asAnswered: 0 }
for (const store of new Set(rows.map((row) => row.store))) {
  const weights = fit(rows.filter((row) => row.store !== store))
  const own = rows.filter((row) => row.store === store)
  const told = own.map((row) => {
    const probabilities = probabilitiesOf(choiceOf(row), weights)
    const at = probabilities.indexOf(Math.max(...probabilities))
    return { row, id: row.candidates[at]?.id ?? null, sure: probabilities[at] ?? 0 }
  })
  const byRules = own.filter(isRightByRules).length
  const learned = told.filter(({ row, id }) => isRight(row, id)).length
  // Only what is surely another is taken.
  const asAnswered = told.filter(({ row, id, sure }) =>
    row.isOpen && id !== null && sure >= leastSure ? isRight(row, id) : isRightByRules(row),
  ).length
  print({ store, n: own.length, byRules, learned, asAnswered })
  total.asAnswered += asAnswered
  total.n += own.length
  total.byRules += byRules
  total.learned += learned
  for (const { row, id, sure } of told)
    if (isRight(row, id) !== isRightByRules(row))
      print({
        say: row.say,
        kind: row.kind,
        isOpen: row.isOpen,
        right: row.right,
        byRules: row.byRules[0],
        id,
        sure: Math.round(sure * 100) / 100,
      })
}
print(total)

const weights = Object.fromEntries(
  [...fit(rows)].map((value, at) => [names[at], Math.round(value * 100) / 100]),
)
print({ weights })
if (options.write) {
  const file = new URL('../../src/assistant/referents/referent-weights.ts', import.meta.url)
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(/= \{[\s\S]*?\}\n/, `= ${JSON.stringify(weights, null, 2).replaceAll('"', '')}\n`),
  )
}
