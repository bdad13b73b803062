import { simulateNflGame } from '../../samples/nfl/simulate-nfl-game.ts'
import type { RecordedPlay } from '../insights/tracking/recorded-plays.ts'

/** Plays of one simulated game, charted by what the simulation knows: for trying models without data. */
export function simulatedPlays(seed: number): RecordedPlay[] {
  const feed = simulateNflGame({ seed, startMs: Date.UTC(2030, 8, 1, 17), timeBetweenPlaysMs: 30_000 })
  const plays: RecordedPlay[] = []
  let start: RecordedPlay['start'] | null = null
  let frames: RecordedPlay['frames'] = []
  for (const event of feed) {
    if (event.kind === 'nfl-play-start') {
      start = event
      frames = []
    } else if (event.kind === 'nfl-frame') frames.push(event)
    else if (event.kind === 'nfl-play' && event.situation.playId === start?.situation.playId) {
      const truth = feed.truth.plays.get(event.situation.playId)
      const isCharted = truth?.isDropback === true
      plays.push({
        matchId: event.matchId,
        start,
        frames,
        play: event,
        chart: {
          isMan: isCharted ? truth.isMan : null,
          scheme: isCharted ? truth.coverage : null,
          wasPressure: isCharted ? truth.wasPressured : null,
        },
      })
      start = null
    }
  }
  return plays
}
