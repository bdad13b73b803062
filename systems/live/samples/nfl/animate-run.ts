import { clamp } from '@heavylift/core/math'
import { carryBall } from './ball-carrier.ts'
import { loseBall } from './loose-ball.ts'
import type { ScrimmagePlan } from './play-plan.ts'
import { distanceBetween, fieldWidth, goTo, nearestTo, rest, runTo } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Stage } from './stage.ts'

/** A handoff, the hole, and the run to where the plan ends it. */
export function animateRun(stage: Stage, plan: ScrimmagePlan): void {
  const { random } = stage
  const quarterback = stage.actor(plan.offence[0] ?? plan.ballPlayer)
  const back = stage.actor(plan.ballPlayer)
  const ballV = stage.ball.v
  const isOutside = random.chance(0.35)
  const side = random.chance(0.5) ? 1 : -1
  const hole = {
    u: 0.5,
    v: inBounds(ballV + side * (isOutside ? 5 + 4 * random.next() : 0.6 + 2.4 * random.next())),
  }
  const blocks = pairBlocks(stage, back, quarterback)
  const mesh = { u: Math.min(-2.5, quarterback.u), v: quarterback.v + side * 0.7 }
  for (let i = 0; i < 22 && (i < 4 || distanceBetween(back, quarterback) > 1.2); i++) {
    if (quarterback.u > -3) goTo(quarterback, -3.4, ballV - side * 0.4, 4)
    else rest(quarterback)
    runTo(back, quarterback.u, mesh.v, 5.5)
    moveBlocks(stage, blocks, hole.v)
    readRun(stage, blocks, i * 0.1, back)
    stage.advance()
  }
  stage.say('handoff')
  stage.holder = back
  const heldUntil = new Map<Actor, number>()
  for (const defender of blocks.values()) heldUntil.set(defender, 0.8 + 1.6 * random.next())
  const via = plan.gain > 1.5 ? [hole] : []
  const drift = Math.min(10, Math.max(0, plan.gain) * 0.4)
  const isWide = plan.endsOutOfBounds
  carryBall(stage, {
    carrier: back,
    chasers: stage.defence,
    helpers: stage.offence.filter((actor) => actor !== back && !blocks.has(actor)),
    heldUntil,
    via: isWide ? [{ u: 0.5, v: inBounds(ballV + side * 11) }] : via,
    end: {
      u: plan.touchdown ? stage.yardsToGoal + 0.2 : plan.gain,
      v: isWide ? (side > 0 ? fieldWidth : 0) : inBounds(hole.v + side * drift * random.next()),
    },
    ending: plan.touchdown ? 'touchdown' : isWide ? 'out_of_bounds' : 'tackle',
    others: (seconds) => {
      moveBlocks(stage, blocks, hole.v)
      if (seconds > 3) for (const blocker of blocks.keys()) goTo(blocker, back.u - 2, blocker.v, 4)
    },
  })
  if (plan.takeaway) loseBall(stage, back, stage.actor(plan.takeaway.player))
}

/** Each blocker with the nearest defender in the box who is left. */
function pairBlocks(stage: Stage, back: Actor, quarterback: Actor): Map<Actor, Actor> {
  let free = stage.defence.filter((actor) => actor.u < 9)
  const blocks = new Map<Actor, Actor>()
  for (const blocker of stage.offence) {
    if (blocker === back || blocker === quarterback) continue
    const defender = nearestTo(blocker, free)
    if (!defender) continue
    blocks.set(blocker, defender)
    free = free.filter((actor) => actor !== defender)
  }
  return blocks
}

/** Blockers get between their man and the hole and drive him back. */
function moveBlocks(stage: Stage, blocks: Map<Actor, Actor>, holeV: number): void {
  for (const [blocker, defender] of blocks) {
    const towards = Math.sign(holeV - defender.v) || 1
    runTo(
      blocker,
      defender.u + 0.4,
      defender.v + towards * 0.7,
      distanceBetween(blocker, defender) < 1.4 ? 1.8 : 5,
    )
    blocker.looksAt = defender
    if (stage.holder?.player.positionGroup === 'QB') defender.looksAt = stage.holder
  }
}

/** Before the handoff the front takes on its blocks, the others take a step. */
function readRun(stage: Stage, blocks: Map<Actor, Actor>, seconds: number, back: Actor): void {
  const blocked = new Set(blocks.values())
  for (const defender of stage.defence) {
    defender.looksAt = back
    if (blocked.has(defender) && defender.u < 2) runTo(defender, -0.5, defender.v, 1.8)
    else if (seconds < 0.7) goTo(defender, defender.u + 0.2, defender.v, 1.5)
    else runTo(defender, Math.max(2, defender.u - 2), defender.v + Math.sign(back.v - defender.v), 3)
  }
}

/** Two yards within the sidelines. */
function inBounds(v: number): number {
  return clamp(v, 2, fieldWidth - 2)
}
