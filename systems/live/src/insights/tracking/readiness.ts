import { ballSpot, stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/** Linemen slower than this on average stand still, in yards per second. */
const stillSpeed = 0.5

/** Whether the offence is set, so that a snap may come: the feed says so, or its line stands still at the ball. */
export function isSet(play: PlayState): boolean {
  if (play.snapMs !== null) return false
  if (play.lineSetMs !== null) return true
  const index = play.frames.length - 1
  const frame = play.frames[index]
  if (frame === undefined) return false
  const [u] = ballSpot(play, index)
  let linemen = 0
  let speed = 0
  for (const [place, player] of play.roster.entries()) {
    if (!player.isOffence || player.group !== 'OL') continue
    const depth = (frame[place * stride] as number) - u
    if (depth > 1 || depth < -3) return false
    linemen++
    speed += frame[place * stride + 2] as number
  }
  return linemen >= 5 && speed / linemen < stillSpeed
}
