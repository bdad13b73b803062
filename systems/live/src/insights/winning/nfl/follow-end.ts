import { scrimmagePlays } from '../../../domain/feed-event.ts'
import type { FeedEvent, NflPlay } from '../../../domain/feed-event.ts'
import { createNflTracker, knownStateAfter, stateBefore } from './game-state.ts'
import type { NflGameState, NflTracker } from './game-state.ts'
import { clockAfter } from './run-off.ts'

/** What the end of a game is told from, as the events come. Plain JSON. */
export interface EndFollower {
  tracker: NflTracker
  /** Fourth-quarter clock of counted plays in its last two minutes. */
  recent: number[]
  /** Counted plays of the fourth quarter and overtime so far. */
  counted: number
  /** The last play that was told. */
  playId: string | null
}

/** The end of a game as it is known once an event came: what is on screen until the next one. */
export interface KnownEnd {
  /** The play that ended, or, before the next snap, the last one that did. */
  occasion: string
  /** Said already of this play: the event only told clock, timeouts or the ball's place. */
  isAgain: boolean
  state: NflGameState
  /** The clock at the next snap, s: an estimate where the play is just over. */
  nextSnapSeconds: number
  /** Whether the clock stood at that time; null where it is not known. */
  isClockStopped: boolean | null
  recentPlays: number
}

/** Whether a play counts as one of the plays that are left (a sack is a pass play). */
export function isCountedPlay(playType: string): boolean {
  return scrimmagePlays.has(playType)
}

export function createEndFollower(): EndFollower {
  return { tracker: createNflTracker(), recent: [], counted: 0, playId: null }
}

/** What is known of the end after an event of the fourth quarter or overtime; null before, and for events that tell nothing new. */
export function followEnd(event: FeedEvent, follower: EndFollower): KnownEnd | null {
  const before = stateBefore(event, follower.tracker)
  if (before === null || before.period < 4) return null
  if (event.kind === 'nfl-play-start') return knownBefore(before, follower)
  if (event.kind !== 'nfl-play' || event.playType === 'period_end') return null
  if (event.playType === 'timeout' || event.playType === 'other') return knownBefore(before, follower)
  return knownAfter(event, before, follower)
}

/** The situation that an event states before a snap: clock, ball and timeouts are the feed's own. */
function knownBefore(state: NflGameState, follower: EndFollower): KnownEnd | null {
  if (follower.playId === null || state.down === null) return null
  return {
    occasion: follower.playId,
    isAgain: true,
    state,
    nextSnapSeconds: state.secondsLeft,
    isClockStopped: null,
    recentPlays: follower.recent.length,
  }
}

function knownAfter(play: NflPlay, before: NflGameState, follower: EndFollower): KnownEnd {
  follower.playId = before.playId
  if (isCountedPlay(play.playType)) {
    follower.counted += 1
    follower.recent.push(before.secondsLeft)
    // In overtime the clock begins anew.
    while (follower.recent.some((at) => at - before.secondsLeft > 120 || at < before.secondsLeft))
      follower.recent.shift()
  }
  const state = knownStateAfter(before, play)
  const { secondsLeft, isStopped } = clockAfter(play, before, state)
  return {
    occasion: before.playId,
    isAgain: false,
    state,
    nextSnapSeconds: secondsLeft,
    isClockStopped: isStopped,
    recentPlays: follower.recent.length,
  }
}
