import type { FeedEvent } from '../../domain/feed-event.ts'
import type { InsightDraft } from '../../domain/insight.ts'
import type { Match } from '../../domain/match.ts'
import type { Rule } from '../../domain/rule.ts'

/** A car's run as the live rule told it, after its gauge was hidden. */
export interface ToldRun {
  id: string
  /** Model of the car; `unknown` where the feed names none. */
  car: string
  track: string
  /** What was shown, in order: litres burnt since the gauge was hidden, as said (with the interval) and in truth. */
  told: { said: number; low: number; high: number; burnt: number; atMs: number }[]
  /** Litres a second over the known part, and seconds since: what a bar without a model would say. */
  knownRate: number
  hiddenAtMs: number
}

/** Whole laps that have to be driven after the known one. */
const leastLapsAfter = 1

/**
 * Plays one car's telemetry (with its gauge) through the live rule and keeps what it says. The gauge is shown until `knownLaps`
 * whole laps are over (0: only the first reading, the start fill) and hidden after. Null where the run is not at least a lap
 * longer, fuel goes in meanwhile, or nothing is said.
 */
export function replayRun(
  id: string,
  events: Iterable<FeedEvent>,
  rule: Rule,
  knownLaps: 0 | 1,
): ToldRun | null {
  const state = rule.create()
  let match: Match | null = null
  let said: InsightDraft | null = null
  const told: ToldRun['told'] = []
  let lap: number | null = null
  let wholeLaps = 0
  let isStartSeen = false
  let isFilled = false
  let shown: { litres: number; atMs: number } | null = null
  let first: { litres: number; atMs: number } | null = null
  let last: number | null = null
  const say = {
    get match() {
      return match
    },
    insight: (draft: InsightDraft) => void (said = draft),
    tag: () => undefined,
    outcome: () => undefined,
  }
  for (const event of events) {
    if (event.kind === 'match') match = event.match
    let hidden = event
    if (event.kind === 'race-telemetry' && event.fuelLitres !== null) {
      const litres = event.fuelLitres
      const atMs = event.clocks.eventTimeMs
      if (lap !== null && event.lap !== lap) {
        // The first lap that is seen may be a part of one, and so is what follows a jump of the count.
        const isNext = event.lap === lap + 1
        if (isNext && isStartSeen) wholeLaps++
        isStartSeen = isNext
      }
      lap = event.lap
      if (last !== null && litres > last + 0.05) isFilled = true
      last = litres
      first ??= { litres, atMs }
      const isKnown = knownLaps === 0 ? shown === null : wholeLaps < knownLaps
      if (isKnown) shown = { litres, atMs }
      else hidden = { ...event, fuelLitres: null }
    }
    said = null
    rule.onEvent(hidden, state, say)
    const draft = said as InsightDraft | null
    if (draft?.estimate.type !== 'interval' || shown === null || last === null || hidden === event) continue
    const { value, low, high } = draft.estimate
    told.push({
      said: shown.litres - value,
      low: shown.litres - high,
      high: shown.litres - low,
      burnt: shown.litres - last,
      atMs: event.clocks.eventTimeMs,
    })
  }
  if (told.length === 0 || isFilled || shown === null || first === null) return null
  if (wholeLaps < knownLaps + leastLapsAfter) return null
  const seconds = (shown.atMs - first.atMs) / 1000
  const { race } = match as Match
  return {
    id,
    car: race?.cars?.[0]?.model ?? 'unknown',
    track: race?.trackName ?? '',
    told,
    knownRate: seconds <= 0 ? Number.NaN : (first.litres - shown.litres) / seconds,
    hiddenAtMs: shown.atMs,
  }
}

/** Signed error of the fuel burnt, per cent of it, at the last word. */
export function toldErrorPct({ told }: ToldRun): number {
  const { said, burnt } = told.at(-1)!
  return 100 * (said / burnt - 1)
}

/** Share of words whose interval held the truth, per cent. */
export function toldCoverage({ told }: ToldRun): number {
  return (100 * told.filter(({ low, high, burnt }) => burnt >= low && burnt <= high).length) / told.length
}
