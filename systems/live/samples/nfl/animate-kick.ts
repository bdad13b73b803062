import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { AnimatedPlay } from './animate-scrimmage.ts'
import { carryBall, windDown } from './ball-carrier.ts'
import type { KickPlan } from './play-plan.ts'
import { distanceBetween, fieldWidth, goTo, rest, runTo } from './scene.ts'
import type { Actor } from './scene.ts'
import { Stage } from './stage.ts'

/** Moves both teams through a kickoff, punt, field goal or extra point. The scene runs in the direction of the kick. */
export function animateKick(random: Random, plan: KickPlan, ballV: number): AnimatedPlay {
  const stage = new Stage({
    random,
    offence: plan.kicking,
    defence: plan.receiving,
    yardsToGoal: plan.yardsToGoal,
    ballV,
  })
  const kicker = stage.actor(plan.kicker)
  const returner = stage.actor(plan.returner)
  const isPlace = plan.kind === 'field_goal' || plan.kind === 'extra_point'
  if (plan.kind === 'kickoff' || plan.kind === 'onside') alignKickoff(stage, plan, kicker, returner)
  else if (plan.kind === 'punt') alignPunt(stage, plan, kicker, returner)
  else alignPlaceKick(stage, kicker)
  const spots = new Map(stage.actors.map((actor) => [actor, { u: actor.u, v: actor.v }]))
  for (const actor of stage.actors) {
    actor.u += random.normal()
    actor.v += random.normal()
  }
  stage.say('line_set')
  for (let i = 0; i < 25; i++) {
    for (const [actor, spot] of spots) goTo(actor, spot.u, spot.v, 3)
    stage.advance()
  }
  const snapFrame = stage.frames.length
  const from =
    plan.kind === 'punt' ? puntSnap(stage, kicker) : isPlace ? placeSnap(stage, kicker) : runUp(stage, kicker)
  if (isPlace) flyAtGoal(stage, plan, from)
  else flyAndReturn(stage, plan, from, kicker, returner)
  windDown(stage)
  return { players: stage.actors, frames: stage.frames, snapFrame }
}

function put(actor: Actor | undefined, u: number, v: number): void {
  if (!actor) return
  actor.u = u
  actor.v = v
}

function alignKickoff(stage: Stage, plan: KickPlan, kicker: Actor, returner: Actor): void {
  const middle = fieldWidth / 2
  put(kicker, -8, middle - 2)
  const others = stage.offence.filter((actor) => actor !== kicker)
  others.forEach((actor, index) => put(actor, -1.5, middle + (index - 4.5) * 5))
  put(returner, Math.min(plan.kickYards, 63), middle)
  const blockers = stage.defence.filter((actor) => actor !== returner)
  const depth = plan.kind === 'onside' ? 3 : 12
  blockers.forEach((actor, index) => {
    if (index < 5) put(actor, depth, middle + (index - 2) * 9)
    else if (index < 8) put(actor, depth + 14, middle + (index - 6) * 12)
    else put(actor, 46, middle + (index - 8.5) * 12)
  })
}

function alignPunt(stage: Stage, plan: KickPlan, kicker: Actor, returner: Actor): void {
  const ballV = stage.ball.v
  put(kicker, -14, ballV)
  const others = stage.offence.filter((actor) => actor !== kicker)
  // The long snapper first; the last two are the gunners.
  others.forEach((actor, index) => {
    if (index === 0) put(actor, -0.7, ballV)
    else if (index >= 8) put(actor, -1, index === 8 ? 5 : fieldWidth - 5)
    else if (index === 7) put(actor, -7, ballV + 2.5)
    else put(actor, -1.4, ballV + (index % 2 ? -1 : 1) * 1.8 * Math.ceil(index / 2))
  })
  put(returner, Math.min(plan.kickYards, plan.yardsToGoal - 8), ballV)
  const rush = stage.defence.filter((actor) => actor !== returner)
  rush.forEach((actor, index) => {
    if (index >= 8) put(actor, 1.5, index === 8 ? 5.5 : fieldWidth - 5.5)
    else put(actor, index < 6 ? 1 : 5, ballV + (index - 3.5) * 2.2)
  })
}

function alignPlaceKick(stage: Stage, kicker: Actor): void {
  const ballV = stage.ball.v
  put(kicker, -9, ballV - 2)
  const others = stage.offence.filter((actor) => actor !== kicker)
  // The holder first, then the line with the long snapper in its middle.
  others.forEach((actor, index) => {
    if (index === 0) put(actor, -7, ballV)
    else put(actor, index === 5 ? -0.7 : -1.2, ballV + (index - 5) * 1.25)
  })
  stage.defence.forEach((actor, index) => put(actor, 1.1, ballV + (index - 5) * 1.3))
}

function runUp(stage: Stage, kicker: Actor): { u: number; v: number } {
  const spot = { u: 0, v: stage.ball.v }
  for (let i = 0; i < 30 && distanceBetween(kicker, spot) > 0.7; i++) {
    runTo(kicker, spot.u, spot.v, 6)
    for (const actor of stage.offence) if (actor !== kicker) goTo(actor, -0.8, actor.v, 3)
    stage.advance()
  }
  stage.say('kickoff')
  return spot
}

function flySnap(stage: Stage, to: { u: number; v: number }, frames: number): void {
  const from = { ...stage.ball }
  stage.say('ball_snap')
  for (let i = 1; i <= frames; i++) {
    const share = i / frames
    stage.advance({ u: from.u + share * (to.u - from.u), v: from.v + share * (to.v - from.v) })
  }
}

function puntSnap(stage: Stage, kicker: Actor): { u: number; v: number } {
  flySnap(stage, kicker, 8)
  stage.holder = kicker
  for (let i = 0; i < 12; i++) {
    runTo(kicker, kicker.u + 3, kicker.v, 3.5)
    for (const actor of stage.defence) {
      actor.looksAt = kicker
      if (actor.u < 4) runTo(actor, -1, actor.v, 1.5)
    }
    // Gunners leave at the snap.
    for (const actor of stage.offence) if (Math.abs(actor.v - stage.ball.v) > 14) runTo(actor, 40, actor.v)
    stage.advance()
  }
  stage.say('punt')
  stage.holder = null
  return { u: kicker.u + 0.5, v: kicker.v }
}

function placeSnap(stage: Stage, kicker: Actor): { u: number; v: number } {
  const spot = { u: -7, v: stage.ball.v }
  flySnap(stage, spot, 5)
  for (let i = 0; i < 8; i++) {
    runTo(kicker, spot.u - 0.3, spot.v - 0.3, 4)
    for (const actor of stage.defence) runTo(actor, -1, actor.v, 2)
    for (const actor of stage.offence) if (actor !== kicker && actor.u > -3) goTo(actor, -1.8, actor.v, 1)
    stage.advance(spot)
  }
  return spot
}

function flyAtGoal(stage: Stage, plan: KickPlan, from: { u: number; v: number }): void {
  stage.say(plan.kind === 'field_goal' ? 'field_goal_attempt' : 'extra_point_attempt')
  const isGood = plan.result === 'good'
  const side = stage.random.chance(0.5) ? 1 : -1
  // The posts stand 18.5 feet apart.
  const v = fieldWidth / 2 + side * (isGood ? 2.4 * stage.random.next() : 3.8 + 3 * stage.random.next())
  const to = { u: plan.yardsToGoal + 10, v }
  const frames = Math.round(Math.hypot(to.u - from.u, to.v - from.v) / 2.4)
  for (let i = 1; i <= frames; i++) {
    const share = i / frames
    for (const actor of stage.actors) rest(actor)
    stage.advance({ u: from.u + share * (to.u - from.u), v: from.v + share * (to.v - from.v) })
  }
  const name = plan.kind === 'field_goal' ? 'field_goal' : 'extra_point'
  stage.say(isGood ? name : `${name}_missed`)
}

function flyAndReturn(
  stage: Stage,
  plan: KickPlan,
  from: { u: number; v: number },
  kicker: Actor,
  returner: Actor,
): void {
  const { random } = stage
  const isShort = plan.kind === 'onside'
  const landing = {
    u: plan.kickYards,
    v: clamp(stage.ball.v + (isShort ? 12 : 8 * random.normal()), 4, fieldWidth - 4),
  }
  const frames = isShort ? 18 : Math.max(28, Math.round(40 + 3 * random.normal()))
  for (let i = 1; i <= frames; i++) {
    const left = (frames - i + 1) * 0.1
    const share = i / frames
    const isFielded = plan.result !== 'touchback' || plan.kind === 'punt'
    if (isFielded) runTo(returner, landing.u, landing.v, distanceBetween(returner, landing) / left)
    chaseDown(stage, kicker, returner, landing, plan)
    stage.advance({ u: from.u + share * (landing.u - from.u), v: from.v + share * (landing.v - from.v) })
  }
  if (plan.result === 'touchback') return stage.say('touchback')
  stage.holder = plan.result === 'recovered' ? null : returner
  if (plan.result === 'fair-catch') return stage.say('fair_catch')
  if (plan.result === 'recovered') return stage.say('kick_recovered')
  stage.say(plan.kind === 'punt' ? 'punt_received' : 'kick_received')
  const isTouchdown = plan.result === 'return-touchdown'
  carryBall(stage, {
    carrier: returner,
    chasers: stage.offence,
    helpers: stage.defence.filter((actor) => actor !== returner),
    end: {
      u: isTouchdown ? plan.yardsToGoal - 100 : plan.endYards,
      v: clamp(landing.v + 6 * random.normal(), 3, fieldWidth - 3),
    },
    ending: isTouchdown ? 'touchdown' : 'tackle',
  })
}

/** The kicking team runs down the field in lanes, the others fall back to block. */
function chaseDown(
  stage: Stage,
  kicker: Actor,
  returner: Actor,
  landing: { u: number; v: number },
  plan: KickPlan,
): void {
  for (const actor of stage.offence) {
    const isBack = actor === kicker
    const lane = actor.v + 0.15 * (landing.v - actor.v)
    if (isBack) goTo(actor, Math.min(10, landing.u - 20), actor.v, 4)
    else goTo(actor, landing.u - (plan.result === 'fair-catch' ? 3 : 9), lane, actor.topSpeed * 0.93)
    actor.looksAt = returner
  }
  for (const actor of stage.defence) {
    if (actor === returner) continue
    const goal = landing.u - 14
    if (actor.u < goal) runTo(actor, Math.min(goal, actor.u + 12), actor.v + 0.2 * (landing.v - actor.v), 5.8)
    else goTo(actor, goal + 2, actor.v, 3)
    actor.looksAt = kicker
  }
}
