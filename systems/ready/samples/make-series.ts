import { createRandom } from '@heavylift/core'
import type { Series } from '../src/forecast/series.ts'

const startMs = Date.UTC(2026, 8, 7)

/** Marks of the days of `makePeakSeries` and of one more. */
export function peakSeriesMarks(days = 56): (string | null)[] {
  return Array.from({ length: days + 1 }, (_, day) => (day % 14 === 11 ? 'sale' : null))
}

/** The sales of `makePeakSeries`, and the one after its end. */
export function peakSeriesEvents(days = 56): { name: string; fromMs: number; toMs: number }[] {
  const hourMs = 3_600_000
  return Array.from({ length: days + 14 }, (_, day) => day)
    .filter((day) => day % 14 === 11)
    .map((day) => ({
      name: 'sale',
      fromMs: startMs + (24 * day + 18) * hourMs,
      toMs: startMs + (24 * day + 22) * hourMs,
    }))
}

/** Requests a minute of a made shop, by the hour: days, weeks, growth, and an evening sale every other Friday. */
export function makePeakSeries(days = 56, seed = 'ready series', scale = 1): Series {
  const random = createRandom(seed)
  let drift = 0
  const values = Float64Array.from({ length: days * 24 }, (_, t) => {
    const day = Math.floor(t / 24)
    const hour = t % 24
    const shape =
      0.35 + 0.65 * Math.exp(-(((hour - 20) / 5) ** 2)) + 0.4 * Math.exp(-(((hour - 12) / 4) ** 2))
    const weekday = [1, 0.95, 0.97, 1, 1.15, 1.3, 1.2][day % 7] as number
    const isSale = day % 14 === 11 && hour >= 18 && hour < 22
    drift = 0.97 * drift + 0.02 * (random.next() - 0.5)
    return Math.round(
      1200 *
        scale *
        (1 + 0.004 * day) *
        shape *
        weekday *
        (isSale ? 2.2 : 1) *
        Math.exp(drift + 0.06 * (random.next() - 0.5)),
    )
  })
  return { name: 'made', startMs, stepMinutes: 60, values }
}
