import type { Place } from './alignment.ts'
import type { Coverage, ScrimmagePlan } from './play-plan.ts'
import { distanceBetween, fieldWidth, goTo, nearestTo, runTo } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Stage } from './stage.ts'

/** What a defender in coverage does: follows a man, or guards a place. */
export type Assignment = { actor: Actor; man: Actor; cushion: number } | { actor: Actor; zone: Place }

/** Deep zones as [share of the field's width, depth]; the rest of the defenders take the short ones. */
const deepZones: Record<Coverage, readonly (readonly [number, number])[]> = {
  COVER_0: [],
  COVER_1: [[0.5, 18]],
  '2_MAN': [
    [0.25, 17],
    [0.75, 17],
  ],
  COVER_2: [
    [0.25, 17],
    [0.75, 17],
  ],
  COVER_3: [
    [0.5, 19],
    [0.17, 17],
    [0.83, 17],
  ],
  COVER_4: [
    [0.38, 16],
    [0.62, 16],
    [0.14, 16],
    [0.86, 16],
  ],
  COVER_6: [
    [0.27, 17],
    [0.62, 16],
    [0.87, 16],
  ],
}

/** Gives every defender who does not rush his task. Safeties go deep first, then the corners. */
export function assignCoverage(stage: Stage, plan: ScrimmagePlan): Assignment[] {
  const rushers = new Set(plan.call.rushers)
  let free = stage.defence.filter((actor) => !rushers.has(actor.player))
  const assignments: Assignment[] = []
  const leave = (actor: Actor): void => void (free = free.filter((other) => other !== actor))
  const deepest = stage.yardsToGoal + 7
  const receivers = eligible(stage)
  for (const [share, depth] of deepZones[plan.call.coverage]) {
    const place = { u: Math.min(depth, deepest), v: share * fieldWidth }
    const backs = free.filter((actor) => actor.player.positionGroup === 'DB')
    const safeties = backs.filter((actor) => actor.player.position !== 'CB')
    // Outer zones belong to the corner on that side.
    const isOuter = share < 0.2 || share > 0.8
    const actor = nearestTo(place, isOuter || safeties.length === 0 ? backs : safeties)
    if (!actor || (plan.call.isMan && free.length <= receivers.length && share !== 0.5)) continue
    assignments.push({ actor, zone: place })
    leave(actor)
  }
  if (plan.call.isMan) {
    for (const man of receivers) {
      const actor = nearestTo(man, free)
      if (!actor) break
      assignments.push({ actor, man, cushion: Math.max(1, actor.u - man.u) })
      leave(actor)
    }
  }
  const shortZones = free.toSorted((a, b) => a.v - b.v)
  shortZones.forEach((actor, index) => {
    const share = (index + 1) / (shortZones.length + 1)
    const depth = shortZones.length > 2 && (index === 0 || index === shortZones.length - 1) ? 6 : 9
    assignments.push({ actor, zone: { u: Math.min(depth, deepest), v: (0.12 + 0.76 * share) * fieldWidth } })
  })
  return assignments
}

/** Wide receivers first: their men are given out before those of tight ends and backs. */
function eligible(stage: Stage): Actor[] {
  const order = ['WR', 'TE', 'RB']
  return stage.offence
    .filter((actor) => order.includes(actor.player.positionGroup))
    .toSorted((a, b) => order.indexOf(a.player.positionGroup) - order.indexOf(b.player.positionGroup))
}

/** One frame of coverage while the ball is not thrown yet. */
export function cover(assignments: readonly Assignment[], passer: Actor, receivers: readonly Actor[]): void {
  for (const task of assignments) {
    const { actor } = task
    if ('man' in task) {
      const { man } = task
      // He gives way until the receiver is near, then trails him by about a yard on the inside.
      const gap = actor.u - man.u
      const u = gap > 2 ? Math.min(actor.u + 2, man.u + task.cushion) : man.u + 0.6
      const inwards = man.v > fieldWidth / 2 ? -0.7 : 0.7
      runTo(actor, Math.max(0.9, u + 0.2 * man.velocityU), man.v + inwards + 0.1 * man.velocityV)
      if (distanceBetween(actor, man) < 1.5) matchSpeed(actor, man)
      actor.looksAt = man
    } else {
      const threat = nearestTo(task.zone, receivers)
      const isNear = threat && distanceBetween(threat, task.zone) < 9
      const pull = isNear ? 0.5 : 0
      const u = task.zone.u + pull * ((threat?.u ?? 0) - task.zone.u)
      const v = task.zone.v + pull * ((threat?.v ?? 0) - task.zone.v)
      goTo(actor, Math.max(0.9, u), v, actor.topSpeed * 0.85)
      actor.looksAt = passer
    }
    // Nobody who covers crosses the line: he brakes in time.
    const brakes = actor.velocityU ** 2 / (1.4 * actor.acceleration)
    if (actor.velocityU < 0 && actor.u - brakes < 1) {
      actor.wantU = Math.max(0.5, actor.wantU)
      actor.wantV = actor.velocityV
    }
  }
}

function matchSpeed(actor: Actor, man: Actor): void {
  actor.wantU = 0.5 * actor.wantU + 0.5 * man.velocityU
  actor.wantV = 0.5 * actor.wantV + 0.5 * man.velocityV
  if (actor.u < 1.2 && actor.wantU < 0) actor.wantU = 0
}
