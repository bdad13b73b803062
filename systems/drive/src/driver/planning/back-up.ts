import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import { queueM } from './path-choices.ts'
import type { PathConflicts } from './path-conflicts.ts'
import type { PlanInput } from './planner.ts'

const backMps = 0.8
/** Standing so long behind something that will not drive on, nearer than one gets round it, is being stuck. */
const stuckS = 3
const stuckM = 7.5
const standsMps = 0.15
/** Goes back until there is so much room ahead, or has gone so far. */
const enoughM = 10
const furthestM = 5
/** Room that stays behind the vehicle, and beside its way back. */
const behindM = 2.5
const besideM = 0.5
/** Who moves behind it is waited for from so far. */
const movingM = 8

/** Gets the vehicle out of where it stands too near behind something parked to steer round it: a few metres straight back, where nobody is. */
export class BackUp {
  #stuckSinceS = NaN
  #fromS = NaN

  /** Speed to go back at; 0 where it does not. */
  speed(
    input: PlanInput,
    occupancy: Occupancy,
    straight: PathConflicts,
    own: Readonly<PathPoint>,
    wallS: number,
  ): number {
    const { ego, shape, timeS } = input
    const front = own.s + shape.centreX + shape.lengthM / 2
    const ahead = parkedAhead(occupancy, straight, front, wallS)
    const isBacking = !Number.isNaN(this.#fromS)
    if (ahead > (isBacking ? enoughM : stuckM)) return this.#end()
    if (!isBacking && Math.abs(ego.speedMps) > standsMps) return this.#end()
    if (Number.isNaN(this.#stuckSinceS)) this.#stuckSinceS = timeS
    if (timeS - this.#stuckSinceS < stuckS) return 0
    if (isBacking && this.#fromS - own.s > furthestM) return this.#end()
    if (!isFreeBehind(input, occupancy, own)) return 0
    if (!isBacking) this.#fromS = own.s
    return backMps
  }

  #end(): number {
    this.#stuckSinceS = NaN
    this.#fromS = NaN
    return 0
  }
}

/** Metres from the front to what stands parked in the straight way; infinite where nothing does. */
function parkedAhead(occupancy: Occupancy, straight: PathConflicts, front: number, wallS: number): number {
  let least = Infinity
  for (let index = 0; index < straight.count; index++) {
    const way = straight.ways[index] as number
    if (occupancy.isParked[way] === 0 || occupancy.isWalking[way] === 1) continue
    const sMin = occupancy.sMin[way * wayPoints] as number
    // Traffic that waits at a line.
    if (wallS - sMin < queueM) continue
    const gap = sMin - front
    if (gap > -1) least = Math.min(least, gap)
  }
  return least
}

function isFreeBehind({ shape }: PlanInput, occupancy: Occupancy, own: Readonly<PathPoint>): boolean {
  const rear = own.s + shape.centreX - shape.lengthM / 2
  const half = shape.widthM / 2 + besideM
  for (let way = 0; way < occupancy.count; way++) {
    const reach = occupancy.isStill[way] === 1 ? behindM : movingM
    for (let point = 0; point < wayPoints; point++) {
      const at = way * wayPoints + point
      if ((occupancy.sMin[at] as number) > rear + 1 || (occupancy.sMax[at] as number) < rear - reach) continue
      if (
        (occupancy.lMin[at] as number) < own.lateral + half &&
        (occupancy.lMax[at] as number) > own.lateral - half
      )
        return false
    }
  }
  return true
}
