import type { NflPlayer } from './nfl-roster.ts'

/** Seconds between two frames of tracking. */
export const frameSeconds = 0.1
/** Yards. */
export const fieldWidth = 160 / 3

/**
 * A player in a scene. `u` is yards ahead of the line of scrimmage in the direction of the scene (the offence's, or that
 * of a kick), `v` yards from the sideline on its right hand (0..53.3); velocities in yards per second.
 */
export interface Actor {
  readonly player: NflPlayer
  readonly topSpeed: number
  readonly acceleration: number
  u: number
  v: number
  velocityU: number
  velocityV: number
  /** Velocity that he tries for in the next step. */
  wantU: number
  wantV: number
  /** Where he looks; null: where he runs. */
  looksAt: { u: number; v: number } | null
}

/** Top speed (yd/s) and acceleration (yd/s²) by position group. */
const build: Record<string, readonly [number, number]> = {
  OL: [5.8, 5],
  DL: [6.6, 6],
  LB: [7.9, 6.8],
  DB: [9, 7.4],
  WR: [9, 7.4],
  RB: [8.6, 7.2],
  TE: [7.9, 6.6],
  QB: [7.4, 6.2],
  SPEC: [7, 5.6],
}

export function createActor(player: NflPlayer, u: number, v: number): Actor {
  const [topSpeed, acceleration] = build[player.positionGroup] ?? [7.5, 6]
  return {
    player,
    topSpeed,
    acceleration,
    u,
    v,
    velocityU: 0,
    velocityV: 0,
    wantU: 0,
    wantV: 0,
    looksAt: null,
  }
}

/** Tries to arrive at a place and to stand there. */
export function goTo(actor: Actor, u: number, v: number, speed = actor.topSpeed): void {
  const du = u - actor.u
  const dv = v - actor.v
  const distance = Math.hypot(du, dv)
  if (distance < 0.05) return rest(actor)
  // The speed from which he can still stop in time (braking at four fifths of his acceleration), less one step's way.
  const arriving = Math.min(Math.sqrt(1.6 * actor.acceleration * distance), distance / (2 * frameSeconds))
  const scale = Math.min(speed, actor.topSpeed, arriving) / distance
  actor.wantU = du * scale
  actor.wantV = dv * scale
}

/** Runs towards a place without slowing down. */
export function runTo(actor: Actor, u: number, v: number, speed = actor.topSpeed): void {
  const du = u - actor.u
  const dv = v - actor.v
  const distance = Math.hypot(du, dv)
  if (distance < 1e-9) return
  const scale = Math.min(speed, actor.topSpeed) / distance
  actor.wantU = du * scale
  actor.wantV = dv * scale
}

export function rest(actor: Actor): void {
  actor.wantU = 0
  actor.wantV = 0
}

export function distanceBetween(a: { u: number; v: number }, b: { u: number; v: number }): number {
  return Math.hypot(a.u - b.u, a.v - b.v)
}

/** The one of `actors` who is nearest to a place, or undefined when there are none. */
export function nearestTo<T extends { u: number; v: number }>(
  place: { u: number; v: number },
  actors: readonly T[],
): T | undefined {
  let best: T | undefined
  let bestDistance = Infinity
  for (const actor of actors) {
    const distance = distanceBetween(place, actor)
    if (distance < bestDistance) {
      best = actor
      bestDistance = distance
    }
  }
  return best
}

/** Moves everybody by one frame: velocities change by no more than an acceleration allows, places by velocities alone. */
export function stepActors(actors: readonly Actor[]): void {
  keepApart(actors)
  for (const actor of actors) {
    const wanted = Math.hypot(actor.wantU, actor.wantV)
    const fit = wanted > actor.topSpeed ? actor.topSpeed / wanted : 1
    const du = actor.wantU * fit - actor.velocityU
    const dv = actor.wantV * fit - actor.velocityV
    const change = Math.hypot(du, dv)
    const limit = actor.acceleration * frameSeconds
    const scale = change > limit ? limit / change : 1
    const beforeU = actor.velocityU
    const beforeV = actor.velocityV
    actor.velocityU += du * scale
    actor.velocityV += dv * scale
    actor.u += ((beforeU + actor.velocityU) / 2) * frameSeconds
    actor.v += ((beforeV + actor.velocityV) / 2) * frameSeconds
  }
}

/** Bodies are about a yard wide: who stands closer than that is pushed away. */
function keepApart(actors: readonly Actor[]): void {
  for (let i = 0; i < actors.length; i++) {
    const a = actors[i]
    if (!a) continue
    for (let j = i + 1; j < actors.length; j++) {
      const b = actors[j]
      if (!b) continue
      const du = a.u - b.u
      const dv = a.v - b.v
      const squared = du * du + dv * dv
      if (squared >= 0.64 || squared < 1e-6) continue
      const distance = Math.sqrt(squared)
      const push = (1.6 * (0.8 - distance)) / 0.8 / distance
      a.wantU += du * push
      a.wantV += dv * push
      b.wantU -= du * push
      b.wantV -= dv * push
    }
  }
}
