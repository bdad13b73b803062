import { createRandom } from '@heavylift/core'
import { logistic, normalQuantile } from '@heavylift/core/math'
import { expect, test } from 'vitest'
import { bootstrapByGroup, overRows } from '../../src/learn/bootstrap.ts'
import { unbiasedEce } from '../../src/learn/calibration-error.ts'
import { ece, eceBinOf } from '../../src/learn/metrics.ts'

/**
 * Games of `rowsOfGame` chances each that are told `stretch` times as surely (in log-odds) as they are. Within a game half of what decides it
 * is shared by its rows, so that they are right or wrong together.
 */
function made(seed: string, games: number, rowsOfGame: number, stretch: number) {
  const random = createRandom(seed)
  const normal = () => normalQuantile(Math.max(1e-12, random.next()))
  const predicted: number[] = []
  const labels: number[] = []
  const groups: string[] = []
  for (let game = 0; game < games; game++) {
    const shared = random.next()
    for (let row = 0; row < rowsOfGame; row++) {
      const logOdds = 1.2 * normal()
      predicted.push(logistic(stretch * logOdds))
      // Rows with the shared draw go together; each draw is even over 0..1.
      const draw = rowsOfGame > 1 && row % 2 === 0 ? shared : random.next()
      labels.push(draw < logistic(logOdds) ? 1 : 0)
      groups.push(`g${game}`)
    }
  }
  return { predicted: Float64Array.from(predicted), labels: Float64Array.from(labels), groups }
}

/** Share of made sets whose interval holds the error that very many rows show, and of the first ten sets, how many intervals of the bootstrap do. */
function held(games: number, rowsOfGame: number, stretch: number, sets = 30) {
  const many = made('many', 60_000 / rowsOfGame, rowsOfGame, stretch)
  const truth = ece(many.predicted, many.labels)
  const holds = ({ low, high }: { low: number; high: number }) =>
    low <= truth + 0.002 && truth - 0.002 <= high
  let [ours, bootstrapped, seen, unbiased] = [0, 0, 0, 0]
  for (let set = 0; set < sets; set++) {
    const { predicted, labels, groups } = made(`set ${set}`, games, rowsOfGame, stretch)
    const told = unbiasedEce(predicted, labels, groups)
    expect(told.low).toBeLessThanOrEqual(told.value)
    expect(told.value).toBeLessThanOrEqual(told.high)
    if (holds(told)) ours++
    if (set < 10 && holds(bootstrapByGroup(groups, overRows(ece, predicted, labels), { draws: 40 })))
      bootstrapped++
    seen += ece(predicted, labels) / sets
    unbiased += told.value / sets
  }
  return { ours: ours / sets, bootstrapped, seen, unbiased, truth }
}

test('the interval of a calibration error holds that of perfect chances, where a bootstrap holds it never [LIVE-LEARN-07]', () => {
  for (const [games, rowsOfGame] of [
    [115, 1],
    [60, 20],
  ] as const) {
    const { ours, bootstrapped, seen, unbiased } = held(games, rowsOfGame, 1)
    expect(ours).toBeGreaterThanOrEqual(0.88)
    expect(bootstrapped).toBe(0)
    expect(unbiased).toBeLessThan(0.6 * seen)
  }
})

test('it holds that of chances that are told too surely, and finds it [LIVE-LEARN-07]', () => {
  for (const [games, rowsOfGame, stretch] of [
    [115, 1, 2],
    [60, 20, 2],
  ] as const) {
    const { ours, seen, unbiased, truth } = held(games, rowsOfGame, stretch)
    expect(ours).toBeGreaterThanOrEqual(0.88)
    expect(Math.abs(unbiased - truth)).toBeLessThan(0.5 * Math.abs(seen - truth) + 0.01)
  }
})

test('what is seen by luck excludes no error that could not have been told [LIVE-LEARN-07]', () => {
  const { predicted, labels, groups } = made('lucky', 115, 1, 1)
  // Every chance is the share that happened in its bin: nothing is seen.
  const exact = predicted.map((chance) => {
    const rows = [...predicted.keys()].filter((row) => eceBinOf(predicted[row]!) === eceBinOf(chance))
    const share = rows.reduce((sum, row) => sum + labels[row]!, 0) / rows.length
    return Math.min(share, 0.999999)
  })
  const told = unbiasedEce(exact, labels, groups)
  expect(ece(exact, labels)).toBeLessThan(1e-5)
  expect([told.value, told.low]).toEqual([0, 0])
  expect(told.high).toBeGreaterThan(0.03)
})

test('of one game there is no interval', () => {
  const one = unbiasedEce(Float64Array.of(0.2, 0.4), Float64Array.of(0, 1), ['g', 'g'])
  expect(one.value).toBeCloseTo(ece(Float64Array.of(0.2, 0.4), Float64Array.of(0, 1)))
  expect(one.low).toBeNaN()
})
