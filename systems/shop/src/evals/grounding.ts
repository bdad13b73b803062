import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { startScriptedModelServer } from '@heavylift/models/testing'
import { startTaskGateway } from '@heavylift/models/testing/gateway'
import { AspectCache } from '../assistant/aspects/aspect-cache.ts'
import { narrateWithModel } from '../assistant/narrate-with-model.ts'
import { answerEvalTurn } from './assistant/answer-turn.ts'
import { checkAnswer, textOf } from './assistant/check-answer.ts'
import { evalTurns } from './assistant/questions.ts'
import type { EvalTurn } from './assistant/questions.ts'
import { openForeignCatalogs } from './dialogue/catalogs.ts'
import { openSampleStore } from './assistant/sample-store.ts'
import type { MemoryStore } from './assistant/memory-store.ts'
import { shopModel } from './assistant/scripted-shop-model.ts'
import type { Spoken } from './assistant/scripted-shop-model.ts'

const lyingTurns = 1_000
const truthfulTurns = 200
const atOnce = 8

/** Of each catalog of others. */
const foreignShare = 0.3

/**
 * A thousand turns with a model that lies, obeys instructions planted in reviews, asks for tools and breaks off, over real
 * HTTP; then some with a model that tells the truth in its own words, to show that the verifier lets truth through. With `--data`, a third
 * as many over every product file below it instead of the sample.
 */
export async function runGroundingEval({ dataDir, report, signal }: MeasureInput) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-grounding-'))
  try {
    const tallies: Tally[] = []
    const share = dataDir === null ? 1 : foreignShare
    for await (const { name, store } of openStores(dataDir, folder, signal))
      for (const [kind, turns, seed] of [
        ['lying', lyingTurns * share, 11],
        ['truthful', truthfulTurns * share, 23],
      ] as const) {
        const asked = evalTurns(store.products, turns, seed)
        const done = (count: number) =>
          report({ stage: `${name}: ${kind} model`, done: count, total: turns, unit: 'turns' })
        tallies.push(await runTurns(kind, store, asked, done, signal))
      }
    const sum = (of: Exclude<keyof Tally, 'kind' | 'failures'>, only?: Tally['kind']) =>
      tallies.reduce((total, tally) => total + (only === undefined || tally.kind === only ? tally[of] : 0), 0)
    return {
      n: sum('turns', 'lying'),
      metrics: {
        ungrounded: sum('ungrounded'),
        violations: sum('violations'),
        unauthorisedCalls: sum('calls'),
        liesTold: sum('lies', 'lying'),
        liesPassed: sum('liesPassed', 'lying'),
        sentencesStopped: sum('stopped', 'lying'),
        worded: sum('worded', 'lying'),
        truthfulKept: sum('kept', 'truthful') / Math.max(1, sum('written', 'truthful')),
        truthfulSentences: sum('written', 'truthful'),
        emptyAnswers: sum('empty'),
      },
      failures: tallies.flatMap(({ failures }) => failures),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The sample, or the catalogs of others. */
async function* openStores(
  dataDir: string | null,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<{ name: string; store: MemoryStore }> {
  if (dataDir !== null) yield* openForeignCatalogs({ dataDir, folder, signal })
  else yield { name: 'sample', store: await openSampleStore({ products: 1_200, seed: 7, folder, signal }) }
}

interface Tally {
  kind: 'truthful' | 'lying'
  turns: number
  ungrounded: number
  violations: number
  calls: number
  lies: number
  liesPassed: number
  stopped: number
  written: number
  kept: number
  worded: number
  empty: number
  failures: string[]
}

async function runTurns(
  kind: 'truthful' | 'lying',
  store: MemoryStore,
  turns: readonly EvalTurn[],
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<Tally> {
  const tally: Tally = {
    kind,
    turns: turns.length,
    ungrounded: 0,
    violations: 0,
    calls: 0,
    lies: 0,
    liesPassed: 0,
    stopped: 0,
    written: 0,
    kept: 0,
    worded: 0,
    empty: 0,
    failures: [],
  }
  const spoken: Spoken[] = []
  const rows = new Map(
    store.products.map((product) => [product.title, JSON.stringify(product).toLowerCase()]),
  )
  const server = await startScriptedModelServer(
    shopModel(
      kind,
      kind === 'lying' ? 5 : 6,
      (said) => spoken.push(said),
      (title) => rows.get(title) ?? '',
    ),
  )
  const gateway = await startTaskGateway({ baseUrl: server.baseUrl, model: kind })
  const aspects = new AspectCache()
  const answers: string[] = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < turns.length; index = next++) {
      signal.throwIfAborted()
      const turn = turns[index]
      if (!turn) return
      const { parts, outcome } = await answerEvalTurn(turn, index, {
        store,
        aspects,
        narrate: narrateWithModel({ model: gateway.model, log: silentLogger }),
        // None of the turns asks for an action, so any proposal was not authorised.
        onAction: () => tally.calls++,
        signal,
      })
      const faults = await checkAnswer(
        parts,
        store.catalog,
        outcome.plan.search?.constraints ?? outcome.plan.understanding.constraints,
        turn.pageProductId,
      )
      if (faults.ungrounded.length) tally.ungrounded++
      if (faults.violations.length) tally.violations++
      for (const fault of [...faults.ungrounded, ...faults.violations])
        tally.failures.push(`${kind} model, “${turn.message}”: ${fault}: ${textOf(parts).slice(0, 300)}`)
      const { verification } = outcome
      if (verification.written) tally.worded++
      tally.written += verification.written
      // One that was true and said before counts as let through: it is style that stops it.
      tally.kept += verification.kept + verification.repeated
      tally.stopped += verification.dropped + verification.replaced
      if (!textOf(parts).trim()) tally.empty++
      answers.push(textOf(parts))
      report(answers.length)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    await gateway.close()
    await server.close()
  }
  // Every lie that was told to anyone must stand in no answer: stricter than pairing each with its own turn.
  const told = new Set(spoken.flatMap((said) => said.lies))
  const truths = new Set(spoken.flatMap((said) => said.truths))
  tally.lies = spoken.flatMap((said) => said.lies).length
  const all = answers.join('\n')
  for (const lie of told) {
    if (truths.has(lie) || !all.includes(lie)) continue
    tally.liesPassed++
    tally.ungrounded++
    tally.failures.push(`lie passed: ${lie}`)
  }
  return tally
}
