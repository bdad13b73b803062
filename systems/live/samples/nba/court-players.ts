import type { NbaPlayer } from './nba-roster.ts'

/** A player on the court: place in feet, velocity in feet per second. */
export interface CourtActor {
  player: NbaPlayer
  x: number
  y: number
  velocityX: number
  velocityY: number
  targetX: number
  targetY: number
}

/** Seconds between two frames. */
export const courtFrameSeconds = 0.2
const topSpeed = 24
const acceleration = 22

export function createCourtActor(player: NbaPlayer, x: number, y: number): CourtActor {
  return { player, x, y, velocityX: 0, velocityY: 0, targetX: x, targetY: y }
}

/** Moves one frame towards his target, slowing down in time; speed and acceleration are bounded. */
export function stepCourtActor(actor: CourtActor): void {
  const dx = actor.targetX - actor.x
  const dy = actor.targetY - actor.y
  const distance = Math.hypot(dx, dy)
  const arriving = Math.min(Math.sqrt(1.2 * acceleration * distance), distance / (2 * courtFrameSeconds))
  const scale = distance < 0.05 ? 0 : Math.min(topSpeed, arriving) / distance
  const changeX = dx * scale - actor.velocityX
  const changeY = dy * scale - actor.velocityY
  const change = Math.hypot(changeX, changeY)
  const limit = acceleration * courtFrameSeconds
  const fit = change > limit ? limit / change : 1
  const [beforeX, beforeY] = [actor.velocityX, actor.velocityY]
  actor.velocityX += changeX * fit
  actor.velocityY += changeY * fit
  actor.x += ((beforeX + actor.velocityX) / 2) * courtFrameSeconds
  actor.y += ((beforeY + actor.velocityY) / 2) * courtFrameSeconds
}
