import type { Actor } from './scene.ts'
import { distanceBetween, goTo, nearestTo, runTo } from './scene.ts'
import type { Stage } from './stage.ts'

export interface Rusher {
  actor: Actor
  /** Seconds after the snap from which no block holds him. */
  freeFrom: number
  blocker: Actor | null
}

/** Pairs each rusher with the nearest blocker who is left; who has nobody to block helps in the middle. */
export function pairBlockers(stage: Stage, rushers: readonly Actor[], blockers: readonly Actor[]): Rusher[] {
  let free = [...blockers]
  const ordered = rushers.toSorted((a, b) => a.v - b.v)
  const pairs = new Map<Actor, Actor | null>()
  // From the outside in, so that the tackles take the ends.
  for (let left = 0, right = ordered.length - 1; left <= right; left++, right--) {
    for (const rusher of left === right ? [ordered[left]] : [ordered[left], ordered[right]]) {
      if (!rusher) continue
      const blocker = nearestTo(rusher, free) ?? null
      pairs.set(rusher, blocker)
      free = free.filter((other) => other !== blocker)
    }
  }
  return ordered.map((actor) => ({ actor, freeFrom: Infinity, blocker: pairs.get(actor) ?? null }))
}

/** A rusher is held up only once he is past the line: a block does not keep him from having rushed. */
const heldFromU = -0.8

/** One frame of the pocket: rushers press in on the passer, blockers stay between. `seconds` since the snap. */
export function rushAndProtect(
  rushers: readonly Rusher[],
  helpers: readonly Actor[],
  passer: Actor,
  seconds: number,
): void {
  for (const { actor, blocker, freeFrom } of rushers) {
    const isFree = seconds >= freeFrom || !blocker
    const isHeld = !isFree && actor.u < heldFromU && distanceBetween(actor, blocker) < 1.7
    actor.looksAt = passer
    if (isHeld) {
      // He pushes the pocket together at about a yard a second, but no further than two yards from the passer.
      const push = distanceBetween(actor, passer) > 2.9 ? 0.75 + 0.25 * Math.sin(4 * seconds + actor.v) : 0
      runTo(actor, passer.u, passer.v, push)
      if (push === 0) {
        actor.wantU = 0
        actor.wantV = 0
      }
    } else if (isFree && blocker && distanceBetween(actor, blocker) < 1.3) {
      // Round the blocker, on the side away from him.
      const side = Math.sign(actor.v - blocker.v) || 1
      runTo(actor, (actor.u + passer.u) / 2 - 1, passer.v + side * 2.2)
    } else if (!isFree && distanceBetween(actor, passer) < 2.9) {
      actor.wantU = 0
      actor.wantV = 0
    } else {
      // Ends go round the edge: their way bends towards the passer with depth.
      const width = Math.abs(actor.v - passer.v)
      const arc = actor.u > -2.5 && width > 3 ? 0.55 : 0
      runTo(actor, passer.u, passer.v + (actor.v - passer.v) * arc)
    }
    if (blocker) {
      blocker.looksAt = actor
      if (isFree) goTo(blocker, Math.min(-2, actor.u - 0.2), actor.v, blocker.topSpeed * 0.35)
      else {
        const distance = Math.max(0.1, distanceBetween(actor, passer))
        const u = actor.u + ((passer.u - actor.u) / distance) * 1.1
        const v = actor.v + ((passer.v - actor.v) / distance) * 1.1
        goTo(blocker, Math.max(passer.u + 1, Math.min(-2, u)), v)
      }
    }
  }
  for (const [index, helper] of helpers.entries()) {
    const near = nearestTo(
      helper,
      rushers.map((rusher) => rusher.actor),
    )
    goTo(helper, Math.max(passer.u + 2, -3.2), helper.v + (near ? 0.3 * (near.v - helper.v) : index), 2.5)
    helper.looksAt = near ?? null
  }
}
