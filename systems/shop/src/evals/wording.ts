import { quantile, sortNumbers } from '@heavylift/core/math'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { startTestEngine } from '@heavylift/engine/testing'
import { startTaskGateway } from '@heavylift/models/testing/gateway'
import { AspectCache } from '../assistant/aspects/aspect-cache.ts'
import { narrateWithModel } from '../assistant/narrate-with-model.ts'
import type { NarratorOptions } from '../assistant/narrate-with-model.ts'
import type { Narrate } from '../assistant/turn.ts'
import type { AnswerPart } from '../domain/answer.ts'
import { answerEvalTurn } from './assistant/answer-turn.ts'
import { checkAnswer } from './assistant/check-answer.ts'
import { judgeWording } from './assistant/judge-wording.ts'
import { evalTurns } from './assistant/questions.ts'
import type { EvalTurn } from './assistant/questions.ts'
import { openSampleStore } from './assistant/sample-store.ts'
import type { MemoryStore } from './assistant/memory-store.ts'

const turns = 40
const servedTurns = 16
/** The questions whose sentences were read while the verifier was made, questions that nobody looked at, and those for the clock. */
const seeds = { seen: 101, heldOut: 977, served: 978 }

/**
 * The small real model (SmolLM2-135M on the CPU) words answers; what passed is judged by other code than what let it
 * pass. It may take its time for that; how long a shopper waits is measured apart, with the assistant's own limits.
 */
export async function runWordingEval({ report, signal }: MeasureInput) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-wording-'))
  report({ stage: 'fetching and starting the model', done: 0, unit: 'models' })
  const engine = await startTestEngine()
  const gateway = await startTaskGateway({ baseUrl: engine.url, model: engine.model })
  try {
    const store = await openSampleStore({ products: 1_200, seed: 7, folder, signal })
    const run = (stage: string, seed: number, count: number, limits: Partial<NarratorOptions>) =>
      runTurns(store, evalTurns(store.products, count, seed), {
        narrate: narrateWithModel({ model: gateway.model, log: silentLogger, ...limits }),
        report: (done) => report({ stage, done, total: count, unit: 'turns' }),
        signal,
      })
    const patient = { firstSentenceMs: 60_000, totalMs: 60_000 }
    const seen = await run('questions that were looked at', seeds.seen, turns, patient)
    const heldOut = await run('held-out questions', seeds.heldOut, turns, patient)
    const served = await run('as served', seeds.served, servedTurns, {})
    return {
      n: turns * 2 + servedTurns,
      metrics: {
        keptShare: share(seen.kept, seen.written),
        replacedShare: share(seen.replaced, seen.written),
        droppedShare: share(seen.dropped, seen.written),
        ungrounded: seen.ungrounded,
        answersByModelShare: share(seen.byModel, seen.worded),
        sentences: seen.written,
        keptShareHeldOut: share(heldOut.kept, heldOut.written),
        ungroundedHeldOut: heldOut.ungrounded,
        answersByModelShareHeldOut: share(heldOut.byModel, heldOut.worded),
        firstContentP50Ms: quantile(sortNumbers(served.firstTextMs), 0.5),
        wholeP50Ms: quantile(sortNumbers(served.wholeMs), 0.5),
        tooSlowShare: share(served.tooSlow, served.worded),
      },
    }
  } finally {
    await gateway.close()
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

async function runTurns(
  store: MemoryStore,
  questions: readonly EvalTurn[],
  options: { narrate: Narrate; report: (done: number) => void; signal: AbortSignal },
) {
  const tally = {
    written: 0,
    kept: 0,
    replaced: 0,
    dropped: 0,
    ungrounded: 0,
    byModel: 0,
    worded: 0,
    tooSlow: 0,
  }
  const firstTextMs: number[] = []
  const wholeMs: number[] = []
  const aspects = new AspectCache()
  for (const [index, turn] of questions.entries()) {
    options.signal.throwIfAborted()
    let composed: readonly string[] = []
    const answered = await answerEvalTurn(turn, index, {
      store,
      aspects,
      narrate: (input) => {
        composed = input.composition.sentences
        return options.narrate(input)
      },
      onAction: () => undefined,
      signal: options.signal,
    })
    const { parts, outcome } = answered
    const { verification } = outcome
    options.report(index + 1)
    if (verification.model === null) continue
    tally.worded++
    tally.written += verification.written
    tally.kept += verification.kept
    tally.replaced += verification.replaced
    tally.dropped += verification.dropped
    if (verification.author !== 'composer') tally.byModel++
    if (verification.modelError === 'model-slow') tally.tooSlow++
    firstTextMs.push(answered.firstTextMs)
    wholeMs.push(answered.wholeMs)
    const bounds = outcome.plan.search?.constraints ?? outcome.plan.understanding.constraints
    const faults = await checkAnswer(parts, store.catalog, bounds, turn.pageProductId)
    const ownSentences = parts.flatMap((part) =>
      part.type === 'text-delta' && !composed.includes(part.delta.trim()) ? [part.delta.trim()] : [],
    )
    const by = await catalogOf(parts, turn, store)
    const isFaulty = ownSentences.some((sentence) => judgeWording(sentence, by) !== null)
    if (faults.ungrounded.length || isFaulty) tally.ungrounded++
  }
  return { ...tally, firstTextMs, wholeMs }
}

/** All that the catalog holds about the products of an answer. */
async function catalogOf(parts: readonly AnswerPart[], turn: EvalTurn, { catalog }: MemoryStore) {
  const ids = new Set(turn.pageProductId === null ? [] : [turn.pageProductId])
  for (const part of parts) {
    const cards =
      part.type === 'data-products'
        ? part.data.cards
        : part.type === 'data-comparison'
          ? part.data.products
          : []
    for (const card of cards) ids.add(card.productId)
  }
  const products = await catalog.products([...ids])
  const reviews = await Promise.all([...ids].map((id) => catalog.reviews(id, { limit: 1_000, offset: 0 })))
  const questions = await Promise.all([...ids].map((id) => catalog.questions(id)))
  return {
    products,
    reviews: reviews.flatMap((page) => page.reviews),
    answers: questions.flat().flatMap((question) => question.answers.map((answer) => answer.text)),
    message: turn.message,
  }
}
