import type { Clocks, GameClock } from '../../domain/clocks.ts'
import type { Regulation, Sport } from '../../domain/match.ts'
import { elapsedSeconds } from './game-clock.ts'

/** How far the clocks of one match have come. Plain JSON. */
export interface EventTimesState {
  anchorMs: number
  anchorElapsed: number
  lastMs: number
  period: number
}

export const startTimes = (startMs: number): EventTimesState => ({
  anchorMs: startMs,
  anchorElapsed: 0,
  lastMs: startMs - 1,
  period: 1,
})

/**
 * Gives the events of one match their clocks. With a wall clock that is the event time. Without one it is derived: the
 * last known wall time (the match's start before the first) plus the playing time since, at least 1 ms after the event
 * before, so that derived times rise in the feed's order even where the scoreboard stands still or is set back.
 */
export function nextClocks(
  state: EventTimesState,
  sport: Sport,
  game: GameClock | null,
  wallMs: number | null,
  regulation: Regulation | null = null,
): Clocks {
  const elapsed = game && elapsedSeconds(sport, game, regulation)
  // The second half begins at 45:00 however much was added to the first: it must not fall into that.
  if (game && elapsed !== null && game.period > state.period) {
    state.period = game.period
    if (state.anchorMs + (elapsed - state.anchorElapsed) * 1000 < state.lastMs) {
      state.anchorMs = state.lastMs
      state.anchorElapsed = elapsed
    }
  }
  if (wallMs !== null) {
    state.anchorMs = wallMs
    state.anchorElapsed = elapsed ?? state.anchorElapsed
    state.lastMs = Math.max(state.lastMs, wallMs)
    return { eventTimeMs: wallMs, eventTimeFrom: 'wall', game, smpte: null }
  }
  const derived =
    elapsed === null ? state.lastMs : state.anchorMs + Math.round((elapsed - state.anchorElapsed) * 1000)
  state.lastMs = Math.max(state.lastMs + 1, derived)
  return { eventTimeMs: state.lastMs, eventTimeFrom: 'game', game, smpte: null }
}

/** `nextClocks` of one match, with the state within. */
export function createEventTimes(sport: Sport, startMs: number) {
  const state = startTimes(startMs)
  return (game: GameClock | null, wallMs: number | null): Clocks => nextClocks(state, sport, game, wallMs)
}

/** Milliseconds of an ISO 8601 instant that names its zone; null for anything else, since a guess at the zone is a fault of hours. */
export function parseWallClock(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text.trim())) return null
  const ms = Date.parse(text.trim())
  return Number.isNaN(ms) ? null : ms
}
