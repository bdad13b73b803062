import { createRandom } from '@heavylift/core'
import { expect, test } from 'vitest'
import { planClearance } from '../../src/buy/clearance.ts'
import type { Offer } from '../../src/buy/offer.ts'
import { shareByGoodput, trainingGoodput } from '../../src/policies/elastic-goodput.ts'
import { maxMinOverTypes } from '../../src/policies/max-min-types.ts'

test('over types the worst-off job is as well off as can be, and nobody has more than there is [FLEET-SHARE-01]', async () => {
  // Each gets the type that it is best at.
  const jobs = [
    { gpus: 1, throughput: [10, 1] },
    { gpus: 1, throughput: [2, 2.4] },
  ]
  const { time, normalized } = await maxMinOverTypes(jobs, [1, 1])
  expect(time[0]![0]).toBeCloseTo(1, 4)
  expect(time[1]![1]).toBeCloseTo(1, 4)
  // An even part of both types would be 5.5 and 2.2.
  expect(normalized[0]).toBeCloseTo(10 / 5.5, 3)
  expect(normalized[1]).toBeCloseTo(2.4 / 2.2, 3)

  const random = createRandom('types')
  const many = Array.from({ length: 12 }, () => ({
    gpus: random.pick([1, 2, 4]),
    throughput: [1 + 9 * random.next(), 1 + 4 * random.next(), random.chance(0.2) ? 0 : random.next()],
  }))
  const capacity = [8, 8, 4]
  const shares = await maxMinOverTypes(many, capacity)
  expect(Math.min(...shares.normalized)).toBeGreaterThanOrEqual(0.999)
  for (const parts of shares.time)
    expect(parts.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1.0001)
  for (const [t, gpus] of capacity.entries()) {
    const used = many.reduce((sum, job, j) => sum + job.gpus * shares.time[j]![t]!, 0)
    expect(used).toBeLessThanOrEqual(gpus + 1e-3)
  }
})

test('elastic jobs get GPUs where their goodput grows by the largest part: as good as trying all [FLEET-SHARE-02]', () => {
  const jobs = [
    { least: 1, most: 8, goodput: trainingGoodput({ stepS: 1, syncS: 0.1, noise: 2 }) },
    { least: 1, most: 8, goodput: trainingGoodput({ stepS: 1, syncS: 0.3, noise: 40 }) },
    { least: 2, most: 4, goodput: trainingGoodput({ stepS: 0.5, syncS: 0.05, noise: 8 }) },
  ]
  const value = (shares: number[]) =>
    shares.reduce((sum, gpus, i) => sum + Math.log(jobs[i]!.goodput(gpus)), 0)
  let best = -Infinity
  for (let a = 1; a <= 8; a++)
    for (let b = 1; b <= 8; b++)
      for (let c = 2; c <= 4; c++) if (a + b + c <= 10) best = Math.max(best, value([a, b, c]))
  expect(value(shareByGoodput(jobs, 10))).toBeCloseTo(best, 9)
  // Who does not fit gets nothing, and no more is given than a job can use.
  expect(shareByGoodput(jobs, 3)).toEqual([1, 2, 0])
  expect(shareByGoodput(jobs, 100)).toEqual([8, 8, 4])
})

test('a clearance run is put where it costs least at the risk that was stated, and says what others lose [FLEET-CLEAR-01]', () => {
  const firm = new Float64Array(48).fill(1000)
  // Nights are idle, days are not; in one scenario of two the first night is busy as well.
  const demand = (busyNight: boolean) =>
    Float64Array.from({ length: 48 }, (_, hour) =>
      hour % 24 >= 8 ? 950 : busyNight && hour < 24 ? 900 : 300,
    )
  const scenarios = [demand(false), demand(true)]
  const offers: Offer[] = [{ kind: 'on-demand', name: 'on demand', price: 3, limitGpus: 200 }]
  const [best] = planClearance({ gpus: 800, hours: 3, byHour: 48, mayDisplace: 0 }, scenarios, firm, offers)
  expect(best).toMatchObject({ fromHour: 24, isAllowed: true, displaceChance: 0 })
  expect(best!.from).toEqual({ idle: 700, 'on demand': 100 })
  expect(best!.cost).toBe(900)
  // Before the second night nothing keeps the risk: the first takes from others in one of two.
  const [early] = planClearance({ gpus: 800, hours: 3, byHour: 20, mayDisplace: 0 }, scenarios, firm, offers)
  expect(early).toMatchObject({ fromHour: 0, isAllowed: false, displaceChance: 0.5, displacedGpuHours: 750 })
  expect(() => planClearance({ gpus: 1, hours: 3, byHour: 2 }, scenarios, firm, offers)).toThrow(
    expect.objectContaining({ code: 'clearance-too-late' }),
  )
  // A block is bought where it starts in time and spans the window.
  const block: Offer = {
    kind: 'block',
    name: 'a day',
    price: 1,
    unitGpus: 64,
    mostUnits: 40,
    hours: 24,
    startEveryHours: 24,
    leadHours: 24,
    soldOut: 0,
  }
  const [large] = planClearance({ gpus: 2000, hours: 3, byHour: 48, mayDisplace: 0 }, scenarios, firm, [
    ...offers,
    block,
  ])
  expect(large).toMatchObject({ fromHour: 24, isAllowed: true })
  expect(large!.from['a day']).toBe(64 * Math.ceil(1100 / 64))
})
