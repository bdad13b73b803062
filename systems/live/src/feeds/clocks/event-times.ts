import type { Clocks, GameClock } from '../../domain/clocks.ts'
import type { Sport } from '../../domain/match.ts'
import { elapsedSeconds } from './game-clock.ts'

/**
 * Gives the events of one match their clocks. With a wall clock that is the event time. Without one it is derived: the
 * last known wall time (the match's start before the first) plus the playing time since, at least 1 ms after the event
 * before, so that derived times rise in the feed's order even where the scoreboard stands still or is set back.
 */
export function createEventTimes(sport: Sport, startMs: number) {
  let anchorMs = startMs
  let anchorElapsed = 0
  let lastMs = startMs - 1
  return (game: GameClock | null, wallMs: number | null): Clocks => {
    const elapsed = game && elapsedSeconds(sport, game)
    if (wallMs !== null) {
      anchorMs = wallMs
      anchorElapsed = elapsed ?? anchorElapsed
      lastMs = Math.max(lastMs, wallMs)
      return { eventTimeMs: wallMs, eventTimeFrom: 'wall', game, smpte: null }
    }
    const derived = elapsed === null ? lastMs : anchorMs + Math.round((elapsed - anchorElapsed) * 1000)
    lastMs = Math.max(lastMs + 1, derived)
    return { eventTimeMs: lastMs, eventTimeFrom: 'game', game, smpte: null }
  }
}

export type EventTimes = ReturnType<typeof createEventTimes>

/** Milliseconds of an ISO 8601 instant that names its zone; null for anything else, since a guess at the zone is a fault of hours. */
export function parseWallClock(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text.trim())) return null
  const ms = Date.parse(text.trim())
  return Number.isNaN(ms) ? null : ms
}
