import { createRandom } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { LiveFloor } from '../live/live-floor.ts'
import { makeWarehouse } from '../live/made-warehouse.ts'
import {
  brierOf,
  congestedFrom,
  CongestionWatch,
  featureCount,
  horizon,
  learnCongestion,
} from '../predict/congestion.ts'
import type { CongestionModel, Sample } from '../predict/congestion.ts'
import { intervalOf } from '../what-if/answer.ts'
import { floorKinds } from './floors.ts'

const [rows, columns] = [46, 80]
/** Kinds of floors to learn on, to choose by, and to be judged on; the last are looked at once. */
const learnedOn = ['wide aisles', 'narrow aisles']
const chosenBy = ['narrow one-way aisles']
const judgedOn = ['blocked stations', 'narrow and crowded']
const warmUp = 60
const decays = [0, 0.0003, 0.003]
/** Cost of a step into a cell that is sure to be congested, in steps; chosen as the decay is. */
const prices = [1, 3]

/** `heavylift eval robots.predict`: congestion of each cell in the minute to come, from runs of made floors; and whether planning around it helps. */
export async function runPredictEval({ options = {}, report, signal }: MeasureInput) {
  const seeds = Number(options['seeds'] ?? 3)
  const steps = Number(options['steps'] ?? 300)
  let done = 0
  const total = (learnedOn.length + chosenBy.length + judgedOn.length) * seeds
  const recorded = async (kinds: readonly string[]) => {
    const samples: Record<string, Sample[]> = {}
    for (const kind of kinds) {
      samples[kind] = []
      for (let seed = 0; seed < seeds; seed++) {
        signal.throwIfAborted()
        samples[kind].push(record(kind, seed, steps))
        report({ stage: 'recording', done: ++done, total, unit: 'floors' })
        await new Promise(setImmediate)
      }
    }
    return samples
  }
  const learned = Object.values(await recorded(learnedOn)).flat()
  const chosen = Object.values(await recorded(chosenBy)).flat()
  const judged = await recorded(judgedOn)
  const models = decays.map((decay) => learnCongestion(learned, { passes: 4, decay }))
  const brierOn = (model: CongestionModel, samples: readonly Sample[]): number =>
    mean(samples.map(({ features, outcome }) => brierOf(model.predict(features), outcome)))
  const model = models.toSorted((a, b) => brierOn(a, chosen) - brierOn(b, chosen))[0]!
  // Persistence as a chance too: how often what was congested stayed so, and what was not became so.
  const stays = [0, 1].map((was) => {
    let [cells, congested] = [0, 0]
    for (const { before, outcome } of learned)
      for (let at = 0; at < before.length; at++)
        if (before[at] === was) {
          cells++
          congested += outcome[at]!
        }
    return cells === 0 ? 0 : congested / cells
  })
  const sources: Record<string, Record<string, number>> = {}
  const gains: number[] = []
  for (const [kind, samples] of Object.entries(judged)) {
    const each = samples.map(({ features, outcome, before }) => ({
      brier: brierOf(model.predict(features), outcome),
      brierPersistence: brierOf(before, outcome),
      brierPersistenceChance: brierOf(
        Float64Array.from(before, (was) => stays[was]!),
        outcome,
      ),
    }))
    gains.push(...each.map(({ brier, brierPersistenceChance }) => brierPersistenceChance - brier))
    sources[kind] = {
      n: samples.length,
      brier: mean(each.map(({ brier }) => brier)),
      brierPersistence: mean(each.map(({ brierPersistence }) => brierPersistence)),
      brierPersistenceChance: mean(each.map(({ brierPersistenceChance }) => brierPersistenceChance)),
      congestedShare: mean(samples.map(({ outcome }) => mean(Array.from(outcome)))),
    }
  }
  // Does it pay to plan around it? The price is chosen on floors that do not judge.
  const perHour = (kind: string, seed: number, price: number): number =>
    throughput(kind, seed, steps, price === 0 ? null : { model, price })
  const gainOf = (kinds: readonly string[], price: number): number[] =>
    kinds.flatMap((kind) =>
      Array.from({ length: seeds }, (_, seed) => {
        signal.throwIfAborted()
        report({ stage: `planning around it, ${kind}`, done: seed, total: seeds, unit: 'seeds' })
        return perHour(kind, seed + 100, price) / perHour(kind, seed + 100, 0) - 1
      }),
    )
  const [price] = prices.toSorted((a, b) => mean(gainOf(chosenBy, b)) - mean(gainOf(chosenBy, a)))
  const gain = gainOf(judgedOn, price!)
  const gainInterval = intervalOf(gain)!
  const brierInterval = intervalOf(gains)!
  const worst = Object.entries(sources).toSorted(
    ([, a], [, b]) =>
      a['brierPersistenceChance']! - a['brier']! - (b['brierPersistenceChance']! - b['brier']!),
  )[0]!
  const metric = (name: string): number => mean(Object.values(sources).map((own) => own[name]!))
  return {
    n: judgedOn.length * seeds,
    metrics: {
      brier: metric('brier'),
      brierPersistence: metric('brierPersistence'),
      brierPersistenceChance: metric('brierPersistenceChance'),
      brierGain: mean(gains),
      throughputGain: mean(gain),
      pays: gainInterval[0] > 0 ? 1 : 0,
    },
    sources,
    worst: {
      brierGain: {
        source: worst[0],
        value: worst[1]['brierPersistenceChance']! - worst[1]['brier']!,
      },
    },
    notes: [
      `A cell is congested where robots waited on it for ${congestedFrom} robot-steps in ${horizon} steps. Learned on ${learnedOn.join(', ')}; decay and price chosen by ${chosenBy.join(', ')}; judged on ${judgedOn.join(', ')}.`,
      `brierGain over persistence as a chance: 95 % ${brierInterval.map((end) => end.toFixed(4)).join(' to ')}, over floors.`,
      `throughputGain of planning around it (a sure jam costs ${price} steps): 95 % ${gainInterval.map((end) => `${(end * 100).toFixed(1)} %`).join(' to ')}. ${gainInterval[0] > 0 ? 'It pays.' : 'Not told apart from nothing: floors plan without it.'}`,
    ],
  }
}

function makeFloor(kind: string, seed: number): LiveFloor {
  const { warehouse, share } = floorKinds[kind]!
  const made = makeWarehouse(
    { rows, columns, aisle: 2, ...warehouse },
    createRandom(`predict ${kind} ${seed}`),
  )
  const freeCells = made.floor.isFree.reduce((sum, free) => sum + free, 0)
  const robots = Math.floor(freeCells * share)
  return new LiveFloor(made, { robots, seed: String(seed), units: 20 * robots, lateChance: 0.01 })
}

/** Moments of a run a minute apart, and what came of each. */
function record(kind: string, seed: number, steps: number): Sample {
  const floor = makeFloor(kind, seed)
  const watch = new CongestionWatch(floor.warehouse.floor)
  const features: Float64Array[] = []
  const [outcome, before]: number[][] = [[], []]
  let cells: Int32Array | null = null
  for (let step = 1; step <= steps + warmUp; step++) {
    watch.note(floor.states, floor.next(), floor.waited)
    if (step < warmUp || step % horizon !== 0) continue
    const now = watch.write(floor.states)
    // What the window holds now is what came of the moment before.
    if (cells !== null) for (const cell of cells) outcome!.push(watch.waited[cell]! >= congestedFrom ? 1 : 0)
    cells = now.cells
    if (step + horizon > steps + warmUp) break
    features.push(now.features)
    for (const cell of cells) before!.push(watch.waited[cell]! >= congestedFrom ? 1 : 0)
  }
  const all = new Float64Array(outcome!.length * featureCount)
  let at = 0
  for (const own of features) {
    all.set(own, at)
    at += own.length
  }
  return { features: all, outcome: Uint8Array.from(outcome!), before: Uint8Array.from(before!) }
}

/** Tasks an hour, with steps into cells dear where the model expects a jam, looked at twice a minute. */
function throughput(
  kind: string,
  seed: number,
  steps: number,
  guide: { model: CongestionModel; price: number } | null,
): number {
  const floor = makeFloor(kind, seed)
  const watch = new CongestionWatch(floor.warehouse.floor)
  let before = 0
  for (let step = 1; step <= steps + warmUp; step++) {
    if (guide !== null && step > warmUp && step % (horizon / 2) === 0) {
      const { cells, features } = watch.write(floor.states)
      const chances = guide.model.predict(features)
      const prices = new Float64Array(floor.warehouse.floor.isFree.length)
      for (const [place, cell] of cells.entries()) prices[cell] = guide.price * chances[place]!
      floor.price(prices)
    }
    watch.note(floor.states, floor.next(), floor.waited)
    if (step === warmUp) before = floor.tasks.finished
  }
  return ((floor.tasks.finished - before) * 3600) / steps
}
