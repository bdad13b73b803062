import type { GameClock } from '../domain/clocks.ts'
import type { Sport } from '../domain/match.ts'
import { elapsedSeconds } from '../feeds/clocks/game-clock.ts'
import { eventType } from './taxonomy.ts'

/** Playing seconds of a game without overtime, and the lead that two scores (soccer: one and a half) make up. */
const games = {
  nfl: { seconds: 3600, closeLead: 8 },
  nba: { seconds: 2880, closeLead: 6 },
  soccer: { seconds: 5400, closeLead: 1.5 },
}

/**
 * 0..1. The type's weight, raised by up to a half where the game is close and late, lowered by up to a half where it is
 * decided. A race has no score, so the weight stands.
 */
export function importanceOf(
  type: string,
  sport: Sport,
  at: { game: GameClock | null; homeScore: number | null; awayScore: number | null },
): number {
  const weight = eventType(type)?.weight ?? 0
  if (sport === 'race' || at.game === null || at.homeScore === null || at.awayScore === null) return weight
  const { seconds, closeLead } = games[sport]
  const late = Math.min(1, elapsedSeconds(sport, at.game) / seconds)
  const close = 1 / (1 + (Math.abs(at.homeScore - at.awayScore) / closeLead) ** 2)
  const factor = 1 + (close - 0.5) * late ** 2
  return Math.round(Math.min(1, weight * factor) * 1000) / 1000
}
