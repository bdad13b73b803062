import type { FeedEvent } from '../src/domain/feed-event.ts'
import type { Match } from '../src/domain/match.ts'

/**
 * A game that is made up as it is read, in event-time order, the same for the same seed. `truth` holds what no feed
 * tells (who blitzes, who will win); it is known for a play before the play's first event is read. Read it once.
 */
export interface SimulatedFeed<Truth> extends Iterable<FeedEvent> {
  readonly match: Match
  readonly truth: Truth
}
