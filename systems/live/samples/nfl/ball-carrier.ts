import type { Place } from './alignment.ts'
import { distanceBetween, goTo, rest, runTo } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Stage } from './stage.ts'

export interface CarryOptions {
  carrier: Actor
  chasers: readonly Actor[]
  helpers: readonly Actor[]
  /** Where the run ends, and how. */
  end: Place
  ending: 'tackle' | 'out_of_bounds' | 'touchdown' | 'slide'
  /** Places to run through first. */
  via?: Place[]
  /** Chasers who are held by blockers until so many seconds after the start. */
  heldUntil?: Map<Actor, number>
  /** Runs as each frame begins, for players with a task of their own. */
  others?: (seconds: number) => void
}

const reach = 1.15

/**
 * Runs the ball to where the play ends, with everybody after him. A chaser who comes near too early misses the tackle.
 * The run always ends where it should: short of it the carrier goes on, there he is slowed until somebody arrives.
 */
export function carryBall(stage: Stage, options: CarryOptions): void {
  const { carrier, chasers, end } = options
  const via = [...(options.via ?? [])]
  const missedUntil = new Map<Actor, number>()
  const startFrames = stage.frames.length
  let hasContact = false
  const heading = Math.sign(end.u - carrier.u) || 1
  for (let i = 0; i < 160; i++) {
    const seconds = (stage.frames.length - startFrames) * 0.1
    const next = via[0]
    if (next && (distanceBetween(carrier, next) < 1 || isBeyond(carrier, next, end))) via.shift()
    // Into the end zone he runs straight on through the line, not to a point of it.
    const target = via[0] ?? (options.ending === 'touchdown' ? { u: end.u + 4 * heading, v: end.v } : end)
    const left = distanceBetween(carrier, end)
    const isThere = options.ending === 'touchdown' ? carrier.u * heading >= end.u * heading : left < 0.45
    const near = chasers.filter((actor) => distanceBetween(actor, carrier) < reach)
    if (!hasContact && near.length > 0 && left < 6) {
      hasContact = true
      stage.say('first_contact')
    }
    if (isThere && (options.ending !== 'tackle' || near.length > 0 || i > 130)) break
    // Out of bounds and into the end zone he does not slow down; a tackle slows him.
    if (via.length > 0 || options.ending !== 'tackle') {
      const isLastStep =
        via.length === 0 && options.ending !== 'touchdown' && (options.ending === 'slide' || left < 3)
      if (isLastStep) goTo(carrier, end.u, end.v)
      else runTo(carrier, target.u, target.v)
    } else goTo(carrier, end.u, end.v, near.length > 0 ? 5 : carrier.topSpeed)
    carrier.looksAt = null
    for (const actor of chasers) chase(stage, actor, carrier, seconds, left, missedUntil, options.heldUntil)
    for (const actor of options.helpers) {
      if (distanceBetween(actor, carrier) < 12) runTo(actor, carrier.u + 0.5, actor.v, 3.5)
      else goTo(actor, carrier.u, actor.v, 4)
      actor.looksAt = null
    }
    options.others?.(seconds)
    stage.advance()
  }
  stage.say(options.ending === 'slide' ? 'qb_slide' : options.ending)
}

/** A few frames in which everybody slows down. */
export function windDown(stage: Stage, frames = 8): void {
  for (let i = 0; i < frames; i++) {
    for (const actor of stage.actors) rest(actor)
    stage.advance()
  }
}

function chase(
  stage: Stage,
  actor: Actor,
  carrier: Actor,
  seconds: number,
  left: number,
  missedUntil: Map<Actor, number>,
  heldUntil: Map<Actor, number> | undefined,
): void {
  actor.looksAt = carrier
  if (seconds < (missedUntil.get(actor) ?? -1)) return goTo(actor, actor.u, actor.v, 1)
  const distance = distanceBetween(actor, carrier)
  if (seconds < (heldUntil?.get(actor) ?? -1) && distance > 1.5) {
    return runTo(actor, carrier.u, carrier.v, 0.9)
  }
  if (distance < 0.9 && left > 4 && !missedUntil.has(actor)) {
    missedUntil.set(actor, seconds + 0.8 + 0.5 * stage.random.next())
    return
  }
  // Where the carrier will be when he gets there.
  const lead = Math.min(1.6, distance / Math.max(4, actor.topSpeed))
  runTo(actor, carrier.u + carrier.velocityU * lead, carrier.v + carrier.velocityV * lead)
}

function isBeyond(carrier: Place, point: Place, end: Place): boolean {
  return end.u >= point.u ? carrier.u >= point.u : carrier.u <= point.u
}
