import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { logistic } from '@heavylift/core/math'
import type { LeadFeatures } from '../../src/assistant/lead-trust.ts'
import type { ToolCall } from '../../src/assistant/facts.ts'
import { readConversationFiles } from '../../src/evals/answers/conversation-file.ts'
import type { StoreConversations } from '../../src/evals/answers/conversation-file.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { readProducts } from '../../src/evals/dialogue/catalogs.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { fitLogistic } from './fit-logistic.ts'

/**
 * Fits how far the first of what a search found is to be trusted, and chooses from which probability it is said to fit.
 *
 *   node systems/shop/samples/training/train-lead-trust.ts --data DIR --grades FILE [--threshold STORE]… [--lost 0.04] [--write]
 *
 * DIR holds stores and conversations as `heavylift eval shop.answers` reads them. The file says of turns, by store, conversation and place
 * (`{ "shop/de.conversations.json lamp.1": true }`), whether what leads their answer is something that was asked for. Weights are fitted on all
 * stores but those of --threshold; there, and in the others each by the weights of the rest, the threshold is the highest that gives up
 * no more than --lost of the right ones. With --write, `src/assistant/lead-weights.ts` is replaced: weights of generic features, no word.
 */
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    grades: { type: 'string' },
    threshold: { type: 'string', multiple: true, default: [] },
    lost: { type: 'string', default: '0.04' },
    pull: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

interface Led {
  key: string
  store: string
  say: string
  features: LeadFeatures
  isRight: boolean
}

const { signal } = new AbortController()

async function ledBy(
  file: StoreConversations,
  grades: Readonly<Record<string, boolean>>,
  folder: string,
): Promise<Led[]> {
  const isGraded = (key: string) => key.startsWith(`${file.name} `)
  if (!Object.keys(grades).some(isGraded)) return []
  const products = await readProducts(file.storePath, file)
  const store = await openMemoryStore({ products, language: file.language, folder, signal })
  const talker = new Talker({ name: file.name, store, policies: file.policies }, signal)
  const found: Led[] = []
  for (const { name, turns } of file.conversations) {
    let state = {}
    for (const [at, { say, page }] of turns.entries()) {
      const said = await talker.say(say, page ?? null, state)
      state = said.state
      const key = `${file.name} ${name}.${at + 1}`
      const isRight = grades[key]
      const features = said.outcome.calls.map(leadOf).find((lead) => lead !== null)
      if (isRight !== undefined && features) found.push({ key, store: file.name, say, features, isRight })
    }
  }
  return found
}

const leadOf = ({ result }: ToolCall): LeadFeatures | null =>
  typeof result === 'object' && result !== null && 'lead' in result
    ? (result.lead as LeadFeatures | null)
    : null

const names = ['held', 'heldRare', 'unsaid', 'ahead'] as const satisfies (keyof LeadFeatures)[]

const rowOf = ({ features }: Led): number[] => [1, ...names.map((name) => features[name])]

function fitted(led: readonly Led[]): Float64Array {
  return fitLogistic(
    led.map((one) => ({ features: rowOf(one), isTrue: one.isRight, weight: 1 })),
    { prior: new Float64Array(names.length + 1), pull: Number(options.pull) },
  )
}

const probability = (one: Led, weights: Float64Array): number =>
  logistic(rowOf(one).reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0))

const print = (line: string) => process.stdout.write(`${line}\n`)

if (options.data === undefined || options.grades === undefined) throw new Error('Give --data and --grades.')
const grades = JSON.parse(await readFile(options.grades, 'utf8')) as Record<string, boolean>
const folder = await mkdtemp(join(tmpdir(), 'heavylift-leads-'))
const led: Led[] = []
for (const [at, file] of (await readConversationFiles(options.data)).entries())
  led.push(...(await ledBy(file, grades, join(folder, String(at)))))
await rm(folder, { recursive: true, force: true })

const isForThreshold = ({ store }: Led) => options.threshold.some((name) => store.startsWith(name))
const fitting = led.filter((one) => !isForThreshold(one))
const weights = fitted(fitting)
const scored = led.map((one) => {
  const others = isForThreshold(one) ? fitting : fitting.filter(({ store }) => store !== one.store)
  return { ...one, trust: probability(one, fitted(others)) }
})
const right = scored.filter(({ isRight }) => isRight)
const wrong = scored.filter(({ isRight }) => !isRight)
const pairs = right.flatMap((a) => wrong.map((b) => (a.trust > b.trust ? 1 : a.trust < b.trust ? 0 : 0.5)))
const area = pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length
print(`${right.length} right, ${wrong.length} wrong; area under the curve ${area.toFixed(3)}`)
for (const from of [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5]) {
  const below = (all: readonly { trust: number }[]) => all.filter(({ trust }) => trust < from).length
  print(`below ${from}: ${below(right)} right lost, ${below(wrong)} wrong avoided`)
}
const sorted = right.map(({ trust }) => trust).toSorted((a, b) => a - b)
const from = Math.floor((sorted[Math.floor(sorted.length * Number(options.lost))] ?? 0) * 100) / 100
const round = (value: number) => Math.round(value * 100) / 100
const table = names.map((name, at) => `    ${name}: ${round(weights[at + 1] ?? 0)},`).join('\n')
print(`bias ${round(weights[0] ?? 0)}\n${table}\nfrom ${from}`)
if (options.list)
  for (const { trust, isRight, key, say } of scored.toSorted((a, b) => a.trust - b.trust))
    print(`${trust.toFixed(2)} ${isRight ? 'right' : 'wrong'} ${key} | ${say.slice(0, 80)}`)
if (options.write)
  await writeFile(
    join(import.meta.dirname, '../../src/assistant/lead-weights.ts'),
    `/** Written by samples/training/train-lead-trust.ts; see docs/decisions/0091 for data and figures. */
export const leadWeights: { bias: number; weights: Readonly<Record<string, number>> } = {
  bias: ${round(weights[0] ?? 0)},
  weights: {
${table}
  },
}

/** What leads is said to fit from this probability on. */
export const trustedFrom = ${from}
`,
  )
