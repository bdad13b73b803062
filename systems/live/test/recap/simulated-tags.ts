import type { Tag } from '../../src/domain/tag.ts'
import { simulateNbaGame } from '../../samples/nba/simulate-nba-game.ts'
import { tagsOf } from '../events/tags-of.ts'

export const gameStartMs = Date.UTC(2026, 0, 1, 18)

/** The tags of a simulated basketball game. */
export function simulatedTags(seed: number): Tag[] {
  const feed = simulateNbaGame({ seed, startMs: gameStartMs, withTracking: false })
  return tagsOf([...feed]).map((tag, at) => ({ ...tag, id: `t${at}`, matchId: feed.match.id, sport: 'nba' }))
}
