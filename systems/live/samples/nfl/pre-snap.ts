import { clamp } from '@heavylift/core/math'
import { isLineman } from './call-defence.ts'
import type { Place } from './alignment.ts'
import type { NflPlayer } from './nfl-roster.ts'
import type { ScrimmagePlan } from './play-plan.ts'
import { distanceBetween, goTo } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Stage } from './stage.ts'

export interface PreSnapOptions {
  /** Seconds from the set line to the snap. */
  holdSeconds: number
  withHuddle: boolean
}

/** From the huddle to the snap: everybody walks to his place, one may go in motion, blitzers creep, some only pretend. */
export function playPreSnap(
  stage: Stage,
  plan: ScrimmagePlan,
  places: Map<NflPlayer, Place>,
  options: PreSnapOptions,
): void {
  const { random } = stage
  const ballV = stage.ball.v
  const spots = new Map<Actor, Place>()
  for (const actor of stage.actors) {
    const place = places.get(actor.player)
    if (!place) throw new RangeError(`${actor.player.name} has no place.`)
    spots.set(actor, { u: Math.min(place.u, stage.yardsToGoal + 8), v: place.v })
  }
  placeAtStart(stage, spots, options.withHuddle)
  const drift = new Map(stage.defence.map((actor) => [actor, { u: 0, v: 0 }]))
  stage.say(options.withHuddle ? 'huddle_break_offense' : 'shift')
  for (let i = 0; i < 150 && !isSet(stage.offence, spots); i++) {
    for (const [actor, spot] of spots) goTo(actor, spot.u, spot.v, walkingSpeed(actor, spot))
    lookAround(stage)
    stage.advance()
  }
  stage.say('line_set')
  const motion = pickMotion(stage, plan, options.holdSeconds)
  const creepStart = new Map<Actor, number>()
  for (const player of [...plan.call.creepers, ...plan.call.bluffers]) {
    const isHidden = plan.call.disguised.includes(player)
    creepStart.set(stage.actor(player), isHidden ? -1 : 0.7 + 2.3 * random.next())
  }
  const frames = Math.round(options.holdSeconds / 0.1)
  for (let i = frames; i > 0; i--) {
    const toSnap = i * 0.1
    if (motion && Math.abs(toSnap - motion.startsAt) < 0.05) {
      stage.say('man_in_motion')
      spots.set(motion.actor, motion.to)
      const follower = plan.call.isMan ? motion.follower : null
      const place = follower && spots.get(follower)
      if (follower && place) spots.set(follower, { u: Math.max(place.u, 3), v: motion.to.v })
    }
    for (const [actor, lead] of creepStart) {
      if (Math.abs(toSnap - lead) < 0.05) spots.set(actor, creepTo(actor, ballV, random.next()))
    }
    for (const [actor, spot] of spots) {
      const sway = drift.get(actor)
      if (!sway || isLineman(actor.player)) goTo(actor, spot.u, spot.v, 4.2)
      else {
        sway.u = 0.94 * sway.u + 0.09 * random.normal()
        sway.v = 0.94 * sway.v + 0.12 * random.normal()
        goTo(actor, Math.max(1, spot.u + sway.u), spot.v + sway.v, creepStart.has(actor) ? 2.4 : 4.2)
      }
    }
    lookAround(stage)
    stage.advance()
  }
}

function placeAtStart(stage: Stage, spots: Map<Actor, Place>, withHuddle: boolean): void {
  const { random } = stage
  stage.offence.forEach((actor, index) => {
    const spot = spots.get(actor) ?? { u: 0, v: 0 }
    const angle = (index / 11) * 2 * Math.PI
    actor.u = withHuddle ? -8 + 2.2 * Math.cos(angle) : spot.u - 1.5 - random.next()
    actor.v = withHuddle ? stage.ball.v + 2.2 * Math.sin(angle) : spot.v + random.normal()
  })
  for (const actor of stage.defence) {
    const spot = spots.get(actor) ?? { u: 0, v: 0 }
    actor.u = spot.u + 1 + 1.5 * random.next()
    actor.v = (spot.v - stage.ball.v) * 0.8 + stage.ball.v + 1.5 * random.normal()
  }
}

function walkingSpeed(actor: Actor, spot: Place): number {
  return clamp(distanceBetween(actor, spot) / 1.2, 2.4, 5.5)
}

function isSet(actors: readonly Actor[], spots: Map<Actor, Place>): boolean {
  return actors.every((actor) => distanceBetween(actor, spots.get(actor) ?? actor) < 0.35)
}

function lookAround(stage: Stage): void {
  for (const actor of stage.offence) actor.looksAt = { u: 30, v: actor.v }
  for (const actor of stage.defence) actor.looksAt = { u: -5, v: stage.ball.v }
}

/** Where a blitzer shows up: on the line, in a gap. */
function creepTo(actor: Actor, ballV: number, draw: number): Place {
  const side = actor.v - ballV
  const gap = clamp(side * 0.75 + (draw - 0.5), -6.5, 6.5)
  return { u: 1.4 + 0.8 * draw, v: ballV + gap }
}

function pickMotion(stage: Stage, plan: ScrimmagePlan, holdSeconds: number) {
  const { random } = stage
  if (holdSeconds < 2.4 || plan.kind === 'kneel' || plan.kind === 'spike' || !random.chance(0.38)) return null
  const wide = stage.offence.filter((actor) => actor.player.positionGroup === 'WR')
  const actor = wide[wide.length - 1]
  if (!actor) return null
  const index = wide.length - 1
  const corners = stage.defence.filter((candidate) => candidate.player.position === 'CB')
  const across = stage.ball.v - Math.sign(actor.v - stage.ball.v) * 9
  return {
    actor,
    startsAt: Math.round((holdSeconds - 0.6) * 10) / 10,
    to: { u: Math.min(actor.u, -2.2), v: random.chance(0.6) ? across : (actor.v + stage.ball.v) / 2 },
    follower: corners[index] ?? null,
  }
}
