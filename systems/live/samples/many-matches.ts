import type { FeedEvent } from '../src/domain/feed-event.ts'
import { simulateNbaGame } from './nba/simulate-nba-game.ts'
import { simulateNflGame } from './nfl/simulate-nfl-game.ts'

export interface ManyMatchesOptions {
  /** How many games at once; every second one is basketball. */
  matches: number
  seed: number
  /** Wall clock at which the first starts; the others follow within `spreadMs`. Default 0. */
  startMs?: number
  /** Default one minute. */
  spreadMs?: number
}

/** Many simulated games merged in event-time order, for load: NFL with tracking, NBA with play-by-play. */
export function* manyMatches(options: ManyMatchesOptions): Generator<FeedEvent> {
  const { matches, seed, startMs = 0, spreadMs = 60_000 } = options
  const heads: { event: FeedEvent; rest: Iterator<FeedEvent> }[] = []
  for (let index = 0; index < matches; index++) {
    const game = {
      seed: seed + index,
      startMs: startMs + Math.round((index * spreadMs) / matches),
      matchId: `load-${seed}-${index}`,
    }
    const feed = index % 2 === 0 ? simulateNflGame(game) : simulateNbaGame(game)
    const rest = feed[Symbol.iterator]()
    const first = rest.next()
    if (first.done !== true) heads.push({ event: first.value, rest })
  }
  while (heads.length > 0) {
    let earliest = 0
    for (let index = 1; index < heads.length; index++) {
      if (timeOf(heads[index]) < timeOf(heads[earliest])) earliest = index
    }
    const head = heads[earliest]
    if (!head) return
    yield head.event
    const next = head.rest.next()
    if (next.done === true) heads.splice(earliest, 1)
    else head.event = next.value
  }
}

function timeOf(head: { event: FeedEvent } | undefined): number {
  return head?.event.clocks.eventTimeMs ?? Infinity
}
