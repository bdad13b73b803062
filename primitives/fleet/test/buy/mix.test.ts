import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madeOffers, makeDemand } from '../../samples/made-demand.ts'
import { buyOnline, leastCost } from '../../src/buy/break-even.ts'
import type { Offer } from '../../src/buy/offer.ts'
import { planMix, playPurchase } from '../../src/buy/plan-mix.ts'

const reserved = (price: number, mostUnits = 1000): Offer => ({
  kind: 'reserved',
  name: 'reserved',
  price,
  unitGpus: 1,
  mostUnits,
})
const onDemand = (price: number, limitGpus = 10_000): Offer => ({
  kind: 'on-demand',
  name: 'on demand',
  price,
  limitGpus,
})

test('one reserved tier: up to the level that demand exceeds for the share of time that the prices say [FLEET-BUY-01]', async () => {
  const demand = Float64Array.from({ length: 1000 }, (_, hour) => (hour * 37) % 100)
  const plan = await planMix({ scenarios: [demand], offers: [reserved(1), onDemand(4)], waitingShare: 0 })
  // Demand is above the level for a quarter of the hours.
  expect(plan.purchases[0]!.units).toBeGreaterThanOrEqual(74)
  expect(plan.purchases[0]!.units).toBeLessThanOrEqual(75)
})

test('the plan is as cheap as trying every number of units [FLEET-BUY-01]', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      async (hours, price, blockPrice) => {
        const demand = Float64Array.from(hours)
        const block: Offer = {
          kind: 'block',
          name: 'block',
          price: blockPrice / 2,
          unitGpus: 2,
          mostUnits: 2,
          hours: 6,
          startEveryHours: 6,
          leadHours: 0,
          soldOut: 0,
        }
        const offers = [reserved(price / 2, 4), block, onDemand(6, 5)]
        let least = Infinity
        for (let units = 0; units <= 4; units++) {
          for (let first = 0; first <= 2; first++) {
            for (let second = 0; second <= 2; second++) {
              const firm = Float64Array.from(demand, (_, hour) => units + 2 * (hour < 6 ? first : second))
              const played = playPurchase([demand], firm, offers)
              if (played.waitingShare <= 0.1 + 1e-9)
                least = Math.min(least, played.cost + units * 6 * price + (first + second) * 6 * blockPrice)
            }
          }
        }
        const plan = await planMix({ scenarios: [demand], offers, waitingShare: 0.1, gap: 1e-7 })
        expect(plan.cost).toBeCloseTo(least, 4)
      },
    ),
    { numRuns: 8 },
  )
})

test('scenarios, blocks and a risk: within a thousandth of the bound, and the risk is kept', async () => {
  const scenarios = makeDemand(6, 'test', 24 * 60)
  const plan = await planMix({ scenarios, offers: madeOffers, waitingShare: 0.01 })
  expect(plan.gapPct).toBeLessThan(0.1)
  expect(plan.waitingShare).toBeLessThanOrEqual(0.01 + 1e-9)
  const firm = new Float64Array(24 * 60)
  for (const { fromHour, hours, gpus } of plan.firm) firm.fill(gpus, fromHour, fromHour + hours)
  const bought = plan.purchases.reduce((sum, { cost }) => sum + cost, 0)
  expect(playPurchase(scenarios, firm, madeOffers).cost + bought).toBeCloseTo(plan.cost, 3)
})

test('what cannot be is told with the smallest set of limits in conflict, a price below zero is refused [FLEET-BUY-02]', async () => {
  const demand = new Float64Array(24).fill(100)
  const spot: Offer = { kind: 'spot', name: 'spot', price: 1, limitGpus: 5, reclaim: 0 }
  const request = { scenarios: [demand], offers: [reserved(1, 20), onDemand(2, 30), spot], waitingShare: 0 }
  await expect(planMix(request)).rejects.toMatchObject({
    code: 'mix-infeasible',
    message: expect.stringMatching(/0\.00 % waits, the limit of \w+/) as string,
  })
  await expect(planMix({ ...request, offers: [onDemand(-1)] })).rejects.toMatchObject({ code: 'bad-offer' })
})

test('buying by break-even costs at most 2 − discount times the least with hindsight [FLEET-BUY-03]', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4), { maxLength: 120 }),
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 8 }),
      (demand, termHours, fee, tenths) => {
        const prices = { hourly: 1, fee, discount: tenths / 10, termHours }
        expect(buyOnline(demand, prices).cost).toBeLessThanOrEqual(
          (2 - prices.discount) * leastCost(demand, prices) + 1e-9,
        )
      },
    ),
  )
})
