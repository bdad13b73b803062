import { createRandom } from '@heavylift/core'
import { expect, test } from 'vitest'
import { createFloor } from '../../src/floor/floor.ts'
import {
  brierOf,
  congestedFrom,
  CongestionWatch,
  featureCount,
  horizon,
  learnCongestion,
} from '../../src/predict/congestion.ts'
import type { Sample } from '../../src/predict/congestion.ts'

test('a cell is congested by what waited on it in the last minute, and no longer', () => {
  const watch = new CongestionWatch(createFloor(4, 4, new Uint8Array(16).fill(1)))
  const stand = (waits: number) => watch.note(Int32Array.of(5 * 4), Uint8Array.of(3), Int32Array.of(waits))
  for (let step = 0; step < congestedFrom; step++) stand(step + 1)
  expect(watch.waited[5]).toBe(congestedFrom)
  for (let step = 0; step < horizon - 1; step++) stand(0)
  expect(watch.waited[5]).toBe(1)
  stand(0)
  expect(Array.from(watch.waited)).toEqual(Array.from({ length: 16 }, () => 0))
  const { cells, features } = watch.write(Int32Array.of(5 * 4))
  expect([cells.length, features.length]).toEqual([16, 16 * featureCount])
  // Once the minute is over all that is left of a robot is where it stands now.
  expect(features.subarray(0, featureCount)[6]).toBe(Math.log1p(1))
})

test('chances that are learned are near those that made the outcomes [ROBOTS-PREDICT-01]', () => {
  const random = createRandom('learn')
  const cells = 4000
  const made = (): Sample & { chance: Float64Array } => {
    const features = Float64Array.from({ length: cells * featureCount }, (_, at) =>
      at % featureCount === 0 ? 1 : random.next(),
    )
    const chance = Float64Array.from(
      { length: cells },
      (_, cell) => 1 / (1 + Math.exp(3 - 4 * features[cell * featureCount + 1]!)),
    )
    const outcome = Uint8Array.from(chance, (own) => (random.chance(own) ? 1 : 0))
    return { features, outcome, before: Uint8Array.from(chance, (own) => (own > 0.5 ? 1 : 0)), chance }
  }
  const [learned, judged] = [made(), made()]
  const model = learnCongestion([learned], { passes: 8, decay: 0 })
  const chances = model.predict(judged.features)
  const far = Array.from(chances, (own, cell) => Math.abs(own - judged.chance[cell]!))
  expect(far.reduce((sum, own) => sum + own, 0) / cells).toBeLessThan(0.06)
  expect(brierOf(chances, judged.outcome)).toBeLessThan(brierOf(judged.before, judged.outcome))
})
