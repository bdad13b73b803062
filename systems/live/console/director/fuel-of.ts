import type { Book } from './insight-book.ts'
import { timeOf } from './insight-book.ts'

export interface Range {
  value: number
  low: number
  high: number
}

/** What a burn bar says of a car (`detail` of `race.burn-bar`). */
export interface CarFuelView {
  insightId: string
  litres: Range
  capacityLitres: number
  lapsToEmpty: Range
  verdict: 'makes-it' | 'close' | 'short' | null
  shortByLaps: number | null
  lapsToGo: number | null
  pitWindow: { from: number; to: number } | null
  /** Stops to the end, and the share that has to be saved for one fewer; absent in what was said before there was a plan. */
  plan?: { stops: number; saveShare: number | null } | null
}

/** The newest burn bar of each car that was known at a time, by car. */
export function fuelOf(book: Book, atMs: number): Map<string, CarFuelView> {
  const cars = new Map<string, CarFuelView>()
  for (const entry of book.insights) {
    const { insight } = entry
    if (insight.kind !== 'race.burn-bar' || timeOf(entry) > atMs) continue
    const { estimate } = insight
    // Written by the burn-bar rule alone; read as it writes it.
    const detail = insight.detail as Omit<CarFuelView, 'insightId' | 'litres'>
    if (estimate.type !== 'interval' || typeof detail.lapsToEmpty !== 'object') continue
    cars.set(insight.subject, {
      insightId: insight.id,
      litres: { value: estimate.value, low: estimate.low, high: estimate.high },
      capacityLitres: detail.capacityLitres,
      lapsToEmpty: detail.lapsToEmpty,
      verdict: detail.verdict,
      shortByLaps: detail.shortByLaps,
      lapsToGo: detail.lapsToGo,
      pitWindow: detail.pitWindow,
      plan: detail.plan ?? null,
    })
  }
  return cars
}

/** Drivers save up to about a tenth; more is no choice. */
const mostSaved = 0.1
/** Laps of fuel below which a stop cannot wait. */
const urgentLaps = 2
/** Laps before the end from which a car that is short is a story; before, every car has a stop to come. */
const lateLaps = 15

/** The verdict as a state and a few words. */
export function verdictWords(fuel: CarFuelView): { state: 'good' | 'warn' | 'bad' | 'idle'; word: string } {
  const { verdict, shortByLaps, lapsToGo, lapsToEmpty, plan } = fuel
  if (verdict === 'makes-it') return { state: 'good', word: 'makes it' }
  if (verdict === 'close') return { state: 'warn', word: 'on the edge' }
  if (verdict === null) return { state: 'idle', word: 'open' }
  const save = plan?.saveShare ?? null
  if (plan && save !== null && save <= mostSaved) {
    const what =
      plan.stops === 1 ? 'to make it' : `for ${plan.stops - 1} ${plan.stops === 2 ? 'stop' : 'stops'}`
    return { state: 'warn', word: `save ${Math.max(1, Math.round(100 * save))} % ${what}` }
  }
  const isUrgent = lapsToEmpty.low < urgentLaps || (lapsToGo !== null && lapsToGo <= lateLaps)
  return {
    state: isUrgent ? 'bad' : 'idle',
    word: shortByLaps === null ? 'short' : `short by ${shortByLaps.toFixed(1)}`,
  }
}
