import type { GameClock } from '../../domain/clocks.ts'
import type { Regulation, Sport } from '../../domain/match.ts'

const minutesSeconds = /^(\d{0,3}):(\d{1,2}(?:\.\d+)?)$/
const isoDuration = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/

/** Seconds of a scoreboard clock: `11:38`, `:05`, `0:04.2`, or ISO 8601 `PT11M38.00S`. Null when it is none of these. */
export function parseGameClock(text: string): number | null {
  const trimmed = text.trim()
  const clock = minutesSeconds.exec(trimmed)
  if (clock) {
    const seconds = Number(clock[2])
    return seconds < 60 ? Number(clock[1] ?? 0) * 60 + seconds : null
  }
  const duration = isoDuration.exec(trimmed)
  if (!duration || trimmed === 'PT') return null
  return Number(duration[1] ?? 0) * 3600 + Number(duration[2] ?? 0) * 60 + Number(duration[3] ?? 0)
}

/** Seconds on the scoreboard when a period begins (soccer: without added time; none in a shoot-out). NFL overtime of 15 minutes; since 2017 a season's game begins it at 10. */
export function periodSeconds(sport: Sport, period: number, regulation: Regulation | null = null): number {
  if (regulation !== null) return period <= regulation.periods ? regulation.periodSeconds : 300
  if (sport === 'nba') return period <= 4 ? 720 : 300
  if (sport === 'soccer') return period <= 2 ? 2700 : period <= 4 ? 900 : 0
  return 900
}

/** Playing seconds since the start of the game. */
export function elapsedSeconds(
  sport: Sport,
  { period, secondsLeft }: GameClock,
  regulation: Regulation | null = null,
): number {
  let elapsed = 0
  for (let before = 1; before < period; before++) elapsed += periodSeconds(sport, before, regulation)
  return elapsed + Math.max(0, periodSeconds(sport, period, regulation) - secondsLeft)
}

/** Minute of soccer as it is said: `1` is the first minute, `45+2` the second added to the first half. */
export function soccerMinute({ period, secondsLeft }: GameClock): string {
  const before = [0, 45, 90, 105][period - 1] ?? 120
  const length = periodSeconds('soccer', period) / 60
  if (secondsLeft <= 0) return `${before + length}+${Math.max(1, Math.ceil(-secondsLeft / 60))}`
  return String(before + length - Math.ceil(secondsLeft / 60) + 1)
}
