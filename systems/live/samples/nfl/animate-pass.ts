import { clamp } from '@heavylift/core/math'
import { isLineman } from './call-defence.ts'
import { carryBall } from './ball-carrier.ts'
import { loseBall } from './loose-ball.ts'
import { assignCoverage, cover } from './coverage.ts'
import type { Assignment } from './coverage.ts'
import { pairBlockers, rushAndProtect } from './pass-rush.ts'
import type { Rusher } from './pass-rush.ts'
import type { ScrimmagePlan } from './play-plan.ts'
import { drawRoute, endOf, runRoute, yardsLeft } from './routes.ts'
import type { Route } from './routes.ts'
import { distanceBetween, fieldWidth, goTo, nearestTo, rest, runTo } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Stage } from './stage.ts'

/** Everything that moves while the passer has the ball. */
interface Dropback {
  stage: Stage
  plan: ScrimmagePlan
  passer: Actor
  target: Actor
  routes: Map<Actor, Route>
  rushers: Rusher[]
  helpers: Actor[]
  coverage: Assignment[]
  /** Who intercepts the pass. */
  thief: Actor | null
  drop: { u: number; v: number }
  snapFrame: number
}

/** From the quarterback's first step to the end of a pass, sack, scramble, kneel or spike. */
export function animatePass(stage: Stage, plan: ScrimmagePlan, snapFrame: number): void {
  const passer = stage.actor(plan.offence[0] ?? plan.ballPlayer)
  if (plan.kind === 'kneel' || plan.kind === 'spike') return endAtOnce(stage, plan, passer)
  const play = startDropback(stage, plan, passer, snapFrame)
  if (plan.playAction) stage.say('play_action')
  if (plan.kind === 'sack') return takeSack(play)
  if (plan.kind === 'scramble') return scramble(play)
  waitForThrow(play)
  throwBall(play)
}

function startDropback(stage: Stage, plan: ScrimmagePlan, passer: Actor, snapFrame: number): Dropback {
  const { random } = stage
  const rushing = plan.call.rushers.map((player) => stage.actor(player))
  const line = stage.offence.filter((actor) => actor.player.positionGroup === 'OL')
  const target = stage.actor(plan.ballPlayer)
  const backs = stage.offence.filter(
    (actor) => ['RB', 'TE'].includes(actor.player.positionGroup) && actor !== target,
  )
  // Nobody may come free by arithmetic: a sixth rusher is met by a back or an end who stays in.
  const inside = backs.slice(0, Math.max(0, rushing.length - line.length))
  const extra = backs.find((actor) => actor.player.positionGroup === 'RB' && !inside.includes(actor))
  if (extra && random.chance(0.35)) inside.push(extra)
  const blockers = [...line, ...inside]
  const rushers = pairBlockers(stage, rushing, blockers)
  const helpers = blockers.filter((actor) => !rushers.some((rusher) => rusher.blocker === actor))
  const routes = new Map<Actor, Route>()
  const deepest = stage.yardsToGoal + 8.5
  for (const actor of stage.offence) {
    if (actor === passer || blockers.includes(actor)) continue
    const depth = actor === target ? plan.airYards : drawDepth(actor, random.next())
    const toSideline = actor === target && plan.endsOutOfBounds
    routes.set(actor, drawRoute(random, actor, stage.ball.v, depth, deepest, toSideline))
  }
  const depth = plan.kind === 'sack' ? Math.max(3, -plan.gain) : plan.airYards < 3 ? 5.5 : 7 + random.next()
  return {
    stage,
    plan,
    passer,
    target,
    routes,
    rushers,
    helpers,
    coverage: assignCoverage(stage, plan),
    thief: plan.kind === 'interception' && plan.takeaway ? stage.actor(plan.takeaway.player) : null,
    drop: { u: -depth, v: passer.v + 0.8 * random.normal() },
    snapFrame,
  }
}

function drawDepth(actor: Actor, draw: number): number {
  if (actor.player.positionGroup === 'RB') return 1 + 4 * draw
  return actor.player.positionGroup === 'TE' ? 3 + 11 * draw : 4 + 22 * draw * draw
}

/** One frame of the dropback; `seconds` since the snap. */
function dropBack(play: Dropback): void {
  const { stage, passer, drop } = play
  const seconds = (stage.frames.length - play.snapFrame) * 0.1
  goTo(passer, drop.u + 0.2 * Math.sin(3 * seconds), drop.v, seconds < 1.6 ? 5 : 2.5)
  passer.looksAt = { u: 20, v: play.target === passer ? stage.ball.v : play.target.v }
  for (const [actor, route] of play.routes) {
    runRoute(actor, route)
    actor.looksAt = null
  }
  rushAndProtect(play.rushers, play.helpers, passer, seconds)
  cover(play.coverage, passer, [...play.routes.keys()])
  const route = play.routes.get(play.target)
  // Who will intercept reads the pass early.
  if (play.thief && route && seconds > 0.8)
    goTo(play.thief, Math.max(1.5, endOf(route).u + 1), endOf(route).v)
  stage.advance()
}

function secondsSinceSnap(play: Dropback): number {
  return (play.stage.frames.length - play.snapFrame) * 0.1
}

/** True once every linebacker and back who rushes is past the line, where he counts as a rusher. */
function haveRushersCrossed(play: Dropback): boolean {
  return play.rushers.every(({ actor }) => isLineman(actor.player) || actor.u < -0.7)
}

const ballSpeed = 21

function waitForThrow(play: Dropback): void {
  const { plan, passer, target, stage } = play
  const route = play.routes.get(target)
  if (!route) throw new RangeError(`${target.player.name} runs no route.`)
  const pressing = plan.pressure && play.rushers.find((rusher) => rusher.actor.player === plan.pressure)
  const earliest = pressing
    ? 2.2 + 0.7 * stage.random.next()
    : plan.airYards < 1
      ? 1
      : 1.5 + 0.5 * stage.random.next()
  const latest = pressing ? 3.4 : 2.6 + 1.1 * stage.random.next()
  if (pressing) pressing.freeFrom = earliest - 1
  for (let i = 0; i < 60; i++) {
    const seconds = secondsSinceSnap(play)
    const flight = distanceBetween(passer, endOf(route)) / ballSpeed
    const arrival = yardsLeft(target, route) / (target.topSpeed * 0.9)
    const isOpen = seconds >= earliest && arrival <= flight + 0.15
    const isForced = seconds >= latest
    const isReached = !pressing || seconds > 3.3 || distanceBetween(pressing.actor, passer) < 1.9
    if ((isOpen || isForced) && isReached && (haveRushersCrossed(play) || seconds > 3.2)) return
    dropBack(play)
  }
}

function throwBall(play: Dropback): void {
  const { stage, plan, passer, target, thief } = play
  const route = play.routes.get(target)
  const landing = route ? { ...endOf(route) } : { u: target.u, v: target.v }
  const arrival = distanceBetween(thief ?? target, landing) / ((thief ?? target).topSpeed * 0.85)
  const flight = Math.max(0.3, Math.max(distanceBetween(passer, landing) / ballSpeed, arrival))
  const farthest = Math.max(distanceBetween(passer, landing), distanceBetween(passer, thief ?? target) + 1)
  const fastest = Math.ceil(farthest / (1.15 * ballSpeed * 0.1))
  const frames = Math.max(3, fastest, Math.min(38, Math.round(flight / 0.1)))
  // An incomplete ball comes down out of reach.
  if (plan.kind === 'incomplete') {
    landing.u = Math.min(landing.u + 1 + 2 * stage.random.next(), stage.yardsToGoal + 9.5)
    landing.v += 2 * stage.random.normal()
  }
  const catcher = thief ?? (plan.kind === 'complete' ? target : null)
  stage.holder = null
  stage.say('pass_forward')
  const from = { u: passer.u, v: passer.v }
  let ball = { ...from }
  for (let i = 1; i <= frames; i++) {
    const left = frames - i + 1
    runTo(target, landing.u, landing.v, distanceBetween(target, landing) / (left * 0.1))
    rest(passer)
    for (const [actor, other] of play.routes) if (actor !== target) runRoute(actor, other)
    rushAndProtect(play.rushers, play.helpers, passer, secondsSinceSnap(play))
    breakOnBall(play, landing, left)
    const aim = catcher
      ? {
          u: catcher.u + catcher.velocityU * (left - 1) * 0.1,
          v: catcher.v + catcher.velocityV * (left - 1) * 0.1,
        }
      : landing
    ball = { u: ball.u + (aim.u - ball.u) / left, v: ball.v + (aim.v - ball.v) / left }
    if (i === frames) stage.say('pass_arrived')
    stage.advance(ball)
  }
  if (plan.kind === 'incomplete') {
    stage.say('pass_outcome_incomplete')
    return
  }
  stage.holder = catcher
  afterCatch(play)
}

function breakOnBall(play: Dropback, landing: { u: number; v: number }, left: number): void {
  const { stage, target, thief } = play
  for (const task of play.coverage) {
    const { actor } = task
    if (actor === thief) runTo(actor, landing.u, landing.v, distanceBetween(actor, landing) / (left * 0.1))
    else if (distanceBetween(actor, landing) < 18) {
      // A step short of the receiver: he closes in, the catch is still the receiver's.
      const short = play.plan.kind === 'incomplete' ? 0.5 : 1.6
      const distance = Math.max(0.1, distanceBetween(actor, target))
      goTo(
        actor,
        landing.u + ((actor.u - target.u) / distance) * short,
        landing.v + ((actor.v - target.v) / distance) * short,
      )
      actor.looksAt = stage.ball
    }
  }
}

function afterCatch(play: Dropback): void {
  const { stage, plan, target, thief } = play
  if (thief && plan.takeaway) {
    stage.say('pass_outcome_interception')
    const { returnYards, touchdown } = plan.takeaway
    carryBall(stage, {
      carrier: thief,
      chasers: stage.offence,
      helpers: stage.defence.filter((actor) => actor !== thief),
      end: {
        u: touchdown ? stage.yardsToGoal - 100 : plan.airYards - returnYards,
        v: drift(stage, thief.v, 6),
      },
      ending: touchdown ? 'touchdown' : 'tackle',
    })
    return
  }
  const isInEndZone = plan.touchdown && target.u >= stage.yardsToGoal
  stage.say(isInEndZone ? 'pass_outcome_touchdown' : 'pass_outcome_caught')
  if (isInEndZone) return
  const run = Math.max(0, plan.gain - target.u)
  const sideline = target.v > fieldWidth / 2 ? fieldWidth : 0
  const end = {
    u: plan.touchdown ? stage.yardsToGoal + 0.2 : plan.gain,
    v: plan.endsOutOfBounds ? sideline : drift(stage, target.v, Math.min(8, 1 + run / 2)),
  }
  carryBall(stage, {
    carrier: target,
    chasers: stage.defence,
    helpers: stage.offence.filter((actor) => actor !== target),
    end,
    ending: plan.touchdown ? 'touchdown' : plan.endsOutOfBounds ? 'out_of_bounds' : 'tackle',
  })
  if (plan.takeaway) loseBall(stage, target, stage.actor(plan.takeaway.player))
}

function drift(stage: Stage, v: number, spread: number): number {
  return clamp(v + spread * stage.random.normal() * 0.6, 2, fieldWidth - 2)
}

function takeSack(play: Dropback): void {
  const { stage, plan, passer } = play
  const rusher = play.rushers.find((candidate) => candidate.actor.player === plan.pressure) ?? play.rushers[0]
  const freeFrom = 1.3 + 1.2 * stage.random.next()
  if (rusher) rusher.freeFrom = freeFrom
  for (let i = 0; i < 90; i++) {
    const sacker = rusher?.actor ?? nearestTo(passer, stage.defence)
    if (sacker && distanceBetween(sacker, passer) < 1.1 && haveRushersCrossed(play)) break
    dropBack(play)
  }
  stage.say('qb_sack')
  if (plan.takeaway) loseBall(stage, passer, stage.actor(plan.takeaway.player))
}

function scramble(play: Dropback): void {
  const { stage, plan, passer } = play
  for (let i = 0; i < 26; i++) dropBack(play)
  stage.say('run')
  const side = stage.random.chance(0.5) ? 1 : -1
  carryBall(stage, {
    carrier: passer,
    chasers: stage.defence,
    helpers: stage.offence.filter((actor) => actor !== passer),
    via: plan.gain > 1 ? [{ u: -2, v: passer.v + side * 6 }] : [],
    end: { u: plan.touchdown ? stage.yardsToGoal + 0.2 : plan.gain, v: passer.v + side * 9 },
    ending: plan.touchdown ? 'touchdown' : plan.gain > 3 ? 'slide' : 'tackle',
  })
}

function endAtOnce(stage: Stage, plan: ScrimmagePlan, passer: Actor): void {
  for (let i = 0; i < 6; i++) {
    for (const actor of stage.actors) rest(actor)
    if (plan.kind === 'kneel') goTo(passer, -1 - Math.abs(plan.gain), passer.v)
    if (plan.kind === 'spike' && i === 2) {
      stage.holder = null
      stage.say('qb_spike')
    }
    stage.advance({ u: passer.u + 0.6, v: passer.v })
  }
  if (plan.kind === 'kneel') stage.say('qb_kneel')
}
