import type { SoccerShot } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import type { SoccerRow } from './soccer-row.ts'

/** A shot within this many seconds of its side's corner or free kick comes of it. */
const setPieceSeconds = 12
/** A pass is what brought the ball when the shot follows within this. */
const assistSeconds = 6
/** A shot so soon after another of the same side, or after a save from it, is a rebound. */
const reboundSeconds = 4

interface Seen {
  what: 'corner' | 'set-piece' | SoccerShot['assist']
  side: Side
  period: number
  seconds: number
}

/**
 * Says of each shot what it came of, by the rows before it, alike for every feed that tells of passes: a feed's own words for it differ too
 * much for one model to read them.
 */
export function createShotContext() {
  let restart: Seen | null = null
  let ball: Seen | null = null
  const isRecent = (seen: Seen | null, row: SoccerRow, within: number): seen is Seen =>
    seen !== null &&
    seen.side === row.side &&
    seen.period === row.period &&
    row.seconds - seen.seconds <= within

  return (row: SoccerRow): SoccerShot | null => {
    const { type, side, period, seconds, shot } = row
    if (shot) {
      const situation =
        shot.situation ??
        (isRecent(restart, row, setPieceSeconds) ? (restart.what as 'corner' | 'set-piece') : 'open-play')
      const isPlaced = situation === 'penalty' || situation === 'direct-free-kick'
      const isRebound = ball?.what === 'rebound' && isRecent(ball, row, reboundSeconds)
      const isAssisted = ball?.what !== 'rebound' && isRecent(ball, row, assistSeconds)
      const assist =
        shot.assist ??
        (!isPlaced && ball && (isRebound || isAssisted) ? (ball.what as SoccerShot['assist']) : 'none')
      if (side !== null && shot.outcome !== 'goal') ball = { what: 'rebound', side, period, seconds }
      return { outcome: shot.outcome, bodyPart: shot.bodyPart, situation, assist }
    }
    if (side === null) return null
    if (type === 'corner' || type === 'free-kick') {
      restart = { what: type === 'corner' ? 'corner' : 'set-piece', side, period, seconds }
      ball = { what: type === 'corner' || row.isCross === true ? 'cross' : 'pass', side, period, seconds }
    } else if (type === 'pass' || type === 'throw-in') {
      // The other side has the ball: what came before is over.
      if (restart !== null && restart.side !== side) restart = null
      const what = row.isCross === true ? 'cross' : row.isThroughBall === true ? 'through-ball' : 'pass'
      ball = { what, side, period, seconds }
    } else if ((type === 'duel' || type === 'touch') && ball?.side === side && ball.what !== 'rebound') {
      // The shooter dribbled or fought for it: the pass before is no assist any more.
      if (seconds - ball.seconds > 2) ball = null
    }
    return null
  }
}
