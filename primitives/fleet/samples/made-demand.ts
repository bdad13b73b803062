import { createRandom } from '@heavylift/core'
import type { Offer } from '../src/buy/offer.ts'

/** Hourly GPUs for a year: growth, days and weeks, training campaigns that come and go, and noise that stays a while. */
export function makeDemand(scenarios: number, seed: string, hours = 8760): Float64Array[] {
  return Array.from({ length: scenarios }, (_, s) => {
    const random = createRandom(`fleet-demand-${seed}-${s}`)
    const growth = 1 + 0.35 * random.next()
    const campaigns = Array.from({ length: 7 }, () => ({
      from: random.int(0, hours),
      long: random.int(72, 900),
      gpus: 64 * random.int(1, 10),
    }))
    let drift = 0
    return Float64Array.from({ length: hours }, (_hour, hour) => {
      drift = 0.995 * drift + 0.012 * random.normal()
      const day = 1 + 0.22 * Math.sin((2 * Math.PI * ((hour % 24) - 9)) / 24)
      const week = Math.floor(hour / 24) % 7 < 5 ? 1.06 : 0.84
      const peak = Math.exp(-(((hour - 7900) / 160) ** 2))
      const base = 620 * (1 + ((growth - 1) * hour) / hours) * day * week * Math.exp(drift) * (1 + 0.9 * peak)
      const campaign = campaigns.reduce(
        (sum, { from, long, gpus }) => sum + (hour >= from && hour < from + long ? gpus : 0),
        0,
      )
      return Math.round(base + campaign)
    })
  })
}

/** Twelve offers as clouds make them; the prices are made. */
export const madeOffers: Offer[] = [
  { kind: 'reserved', name: 'three years', price: 1.15, unitGpus: 8, mostUnits: 60 },
  { kind: 'reserved', name: 'one year', price: 1.55, unitGpus: 8, mostUnits: 120 },
  { kind: 'reserved', name: 'one year, upfront', price: 1.45, unitGpus: 8, mostUnits: 40 },
  {
    kind: 'block',
    name: 'block, a week',
    price: 2.1,
    unitGpus: 64,
    mostUnits: 6,
    hours: 168,
    startEveryHours: 168,
    leadHours: 168,
    soldOut: 0.1,
  },
  {
    kind: 'block',
    name: 'block, two weeks',
    price: 1.95,
    unitGpus: 64,
    mostUnits: 6,
    hours: 336,
    startEveryHours: 168,
    leadHours: 336,
    soldOut: 0.15,
  },
  {
    kind: 'block',
    name: 'block, four weeks',
    price: 1.8,
    unitGpus: 64,
    mostUnits: 5,
    hours: 672,
    startEveryHours: 336,
    leadHours: 672,
    soldOut: 0.2,
  },
  {
    kind: 'block',
    name: 'block, a day',
    price: 2.4,
    unitGpus: 32,
    mostUnits: 6,
    hours: 24,
    startEveryHours: 168,
    leadHours: 48,
    soldOut: 0.05,
  },
  {
    kind: 'block',
    name: 'quarter',
    price: 1.65,
    unitGpus: 128,
    mostUnits: 3,
    hours: 2184,
    startEveryHours: 2184,
    leadHours: 2184,
    soldOut: 0.25,
  },
  { kind: 'on-demand', name: 'on demand', price: 3.2, limitGpus: 256 },
  { kind: 'on-demand', name: 'on demand, far region', price: 3.7, limitGpus: 128 },
  { kind: 'spot', name: 'spot', price: 1.3, limitGpus: 96, reclaim: 0.18 },
  { kind: 'spot', name: 'spot, old type', price: 1.7, limitGpus: 64, reclaim: 0.1 },
]
