import type { Side } from '../../src/domain/match.ts'
import type { AnimatedPlay } from './animate-scrimmage.ts'
import { distanceBetween } from './scene.ts'
import { frameStride } from './stage.ts'
import type { Coverage, ScrimmagePlan } from './play-plan.ts'

/** What no feed tells about a play from scrimmage. */
export interface NflPlayTruth {
  isDropback: boolean
  coverage: Coverage
  isMan: boolean
  /** Ids of all who rush the passer. */
  rushers: string[]
  /** Those of them who are linebackers or backs: they rush by the definition of the blitz label. */
  blitzers: string[]
  /** Those who showed it before the snap, and those who showed it and dropped. */
  disguised: string[]
  bluffers: string[]
  /** Somebody came within two yards of the passer before throw or sack. */
  wasPressured: boolean
  pressureMs: number | null
}

export interface NflTruth {
  plays: Map<string, NflPlayTruth>
  /** Known when the game is over; null for a tie and until then. */
  winner: Side | null
  isOver: boolean
}

/** Within so many yards of the passer a rusher counts as pressure. */
const pressureYards = 2

export function truthOf(plan: ScrimmagePlan, animated: AnimatedPlay | null): NflPlayTruth {
  const { call } = plan
  const isDropback = ['complete', 'incomplete', 'interception', 'sack', 'scramble'].includes(plan.kind)
  const pressureMs = animated && isDropback ? firstPressure(plan, animated) : null
  const ids = (players: { id: string }[]) => players.map((player) => player.id)
  return {
    isDropback,
    coverage: call.coverage,
    isMan: call.isMan,
    rushers: isDropback ? ids(call.rushers) : [],
    blitzers: isDropback ? ids(call.rushers.filter((player) => player.positionGroup !== 'DL')) : [],
    disguised: ids(call.disguised),
    bluffers: ids(call.bluffers),
    wasPressured: animated ? pressureMs !== null : isDropback && plan.pressure !== null,
    pressureMs,
  }
}

/** Milliseconds from the snap to the first pressure before the ball is away, or null. */
function firstPressure(plan: ScrimmagePlan, { players, frames, snapFrame }: AnimatedPlay): number | null {
  const passer = players.findIndex((actor) => actor.player === plan.offence[0])
  const rushers = players.flatMap((actor, index) => (plan.call.rushers.includes(actor.player) ? [index] : []))
  for (let i = snapFrame; i < frames.length; i++) {
    const frame = frames[i]
    if (!frame || frame.event === 'pass_forward' || frame.event === 'run') return null
    const at = (index: number) => ({
      u: frame.players[index * frameStride] ?? 0,
      v: frame.players[index * frameStride + 1] ?? 0,
    })
    if (rushers.some((rusher) => distanceBetween(at(rusher), at(passer)) <= pressureYards))
      return (i - snapFrame) * 100
    if (frame.event === 'qb_sack') return null
  }
  return null
}
