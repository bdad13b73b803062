import { roundTo } from '@heavylift/core/math'
import type { NflFrame, TrackedPlayer } from '../../src/domain/feed-event.ts'
import type { AnimatedPlay } from './animate-scrimmage.ts'
import { fieldWidth } from './scene.ts'
import { frameStride } from './stage.ts'
import type { StageFrame } from './stage.ts'

/** Degrees clockwise from +y. */
function angle(dx: number, dy: number): number {
  const degrees = (Math.atan2(dx, dy) * 180) / Math.PI
  return roundTo(degrees < 0 ? degrees + 360 : degrees, 2)
}

/** A frame of the scene on the field: `originX` is the x of the scene's line, `isRight` the way it moves. */
export function toNflFrame(
  play: AnimatedPlay,
  frame: StageFrame,
  place: { playId: string; index: number; originX: number; isRight: boolean },
): NflFrame {
  const sign = place.isRight ? 1 : -1
  const xOf = (u: number) => place.originX + sign * u
  const yOf = (v: number) => (place.isRight ? v : fieldWidth - v)
  const players = play.players.map((actor, index): TrackedPlayer => {
    const [u = 0, v = 0, velocityU = 0, velocityV = 0, lookU = NaN, lookV = NaN] = frame.players.subarray(
      index * frameStride,
      (index + 1) * frameStride,
    )
    const speed = Math.hypot(velocityU, velocityV)
    const direction = speed > 0.05 ? angle(sign * velocityU, sign * velocityV) : null
    const orientation = Number.isNaN(lookU) ? direction : angle(sign * (lookU - u), sign * (lookV - v))
    const { id, name, jersey, side, position, positionGroup } = actor.player
    return {
      id,
      name,
      jersey,
      side,
      position,
      positionGroup,
      x: roundTo(xOf(u), 2),
      y: roundTo(yOf(v), 2),
      speed: roundTo(speed, 2),
      orientation,
      direction,
    }
  })
  return {
    kind: 'nfl-frame',
    playId: place.playId,
    frame: place.index,
    players,
    ball: {
      x: roundTo(xOf(frame.ballU), 2),
      y: roundTo(yOf(frame.ballV), 2),
      speed: roundTo(frame.ballSpeed, 2),
    },
    event: frame.event,
  }
}
