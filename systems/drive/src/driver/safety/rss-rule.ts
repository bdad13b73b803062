import { clamp } from '@heavylift/core/math'
import type { PlanInput } from '../planning/planner.ts'
import { rssLateralM, rssLongitudinalM } from '../reference/rss-distances.ts'
import type { RssParameters } from '../reference/rss-distances.ts'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { agentKindNumber } from '../../world/scene/agent-table.ts'
import type { DriverCommand } from '../vehicle.ts'

/** For an automated vehicle that responds within two planning steps, and brakes as hard as passengers bear. */
export const rssParameters: RssParameters = {
  responseS: 0.15,
  accelerationMps2: 2.4,
  leastBrakingMps2: 4,
  mostBrakingMps2: 6.5,
  lateralAccelerationMps2: 0.2,
  lateralBrakingMps2: 0.8,
  wanderingM: 0.1,
}

const lookM = 100
const standsMps = 0.3
/** Above this share of the safe distance, or where no more braking than this keeps the bodies apart, it sets in by so much at a time. */
const softShare = 0.65
const softMps2 = 2
const softStepMps2 = 0.4
const leastRoomM = 1
/** A slower change of speed than this is not counted on. */
const slowingMps2 = 1
const pedestrian = agentKindNumber('pedestrian')
const animal = agentKindNumber('animal')

/** What the rule did at the last step. */
export interface RssFinding {
  /** Row of the track that the distance to is not safe; −1 while all are. */
  row: number
  kind: 'along' | 'beside'
  distanceM: number
  safeM: number
}

/**
 * Responsibility-Sensitive Safety (Shalev-Shwartz and others, arXiv 1708.06374) to who goes the same way: where the distances along and beside are
 * both unsafe, the proper response is to brake behind who is ahead, and not to steer towards who is beside. Who comes the other way, crosses or
 * walks is the emergency brake's.
 */
export class RssRule {
  readonly finding: RssFinding = { row: -1, kind: 'along', distanceM: 0, safeM: 0 }
  readonly #own: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #other: PathPoint = { s: 0, lateral: 0, index: -1 }

  respond(input: PlanInput, command: DriverCommand): void {
    const { ego, route, shape, tracks } = input
    const { finding } = this
    const own = this.#own
    const other = this.#other
    finding.row = -1
    route.project(ego.x, ego.y, own.index, own)
    const ownAngle = ego.heading - (route.heading[own.index] as number)
    const ownBesideMps = ego.speedMps * Math.sin(ownAngle)
    const centre = own.s + shape.centreX * Math.cos(ownAngle)
    const ownLateral = own.lateral + shape.centreX * Math.sin(ownAngle)
    for (let row = 0; row < tracks.count; row++) {
      if ((tracks.existence[row] as number) < 0.5) continue
      if (tracks.kind[row] === pedestrian || tracks.kind[row] === animal) continue
      const dx = (tracks.x[row] as number) - ego.x
      const dy = (tracks.y[row] as number) - ego.y
      if (dx * dx + dy * dy > lookM * lookM) continue
      const ahead = dx * Math.cos(ego.heading) + dy * Math.sin(ego.heading)
      const hint = clamp(own.index + Math.round(ahead / route.stepM), 0, route.count - 1)
      route.project(tracks.x[row] as number, tracks.y[row] as number, hint, other)
      const angle = (tracks.heading[row] as number) - (route.heading[other.index] as number)
      const speed = tracks.speedMps[row] as number
      const along = speed * Math.cos(angle)
      const across = speed * Math.sin(angle)
      if (along < -0.5 || Math.abs(across) > Math.max(2, Math.abs(along))) continue
      const cos = Math.abs(Math.cos(angle))
      const sin = Math.abs(Math.sin(angle))
      const halfLength = ((tracks.lengthM[row] as number) * cos + (tracks.widthM[row] as number) * sin) / 2
      const halfWidth = ((tracks.lengthM[row] as number) * sin + (tracks.widthM[row] as number) * cos) / 2
      const gap = other.s - centre - halfLength - shape.lengthM / 2
      if (other.s < centre - halfLength - shape.lengthM / 2) continue
      const side = other.lateral > ownLateral ? 1 : -1
      // What stands is passed where the way that the vehicle points leads past it.
      const aheadM = Math.abs(speed) < standsMps ? Math.max(0, gap) * Math.tan(ownAngle) : 0
      const beside =
        Math.max(Math.abs(other.lateral - ownLateral), side * (other.lateral - ownLateral - aheadM)) -
        halfWidth -
        shape.widthM / 2
      const besideSafe = rssLateralM(side * ownBesideMps, -side * across, rssParameters)
      if (beside >= besideSafe) continue
      const safe = rssLongitudinalM(ego.speedMps, Math.max(0, along), rssParameters)
      if (gap >= safe || ego.speedMps < 0.1) continue
      if (gap > -0.5) {
        // A distance that is only just unsafe, or that grows again with mild braking, is answered as softly as passengers like.
        const isSoft =
          gap > softShare * safe ||
          neededBraking(gap, ego.speedMps, along, tracks.accelerationMps2[row] as number) < softMps2
        const onset = isSoft ? ego.accelerationMps2 - softStepMps2 : -Infinity
        const wanted = Math.max(-rssParameters.leastBrakingMps2, onset)
        if (command.accelerationMps2 <= wanted) continue
        command.accelerationMps2 = wanted
        this.#note(row, 'along', gap, safe)
      } else {
        const straight = Math.atan(shape.wheelbaseM * route.curvatureAt(own.s))
        const isTowards = side * (command.frontSteerRad - straight) > 0 && side * ownBesideMps > 0
        if (!isTowards) continue
        command.frontSteerRad = straight
        this.#note(row, 'beside', beside, besideSafe)
      }
    }
  }

  #note(row: number, kind: RssFinding['kind'], distanceM: number, safeM: number): void {
    const { finding } = this
    finding.row = row
    finding.kind = kind
    finding.distanceM = distanceM
    finding.safeM = safeM
  }
}

/** Braking that keeps a metre of a gap to who goes on as they do, or goes on braking as they do. */
function neededBraking(gapM: number, ownMps: number, otherMps: number, otherMps2: number): number {
  const room = Math.max(0.1, gapM - leastRoomM)
  const closing = Math.max(0, ownMps - otherMps)
  const steady = (closing * closing) / (2 * room)
  if (otherMps2 > -slowingMps2 || otherMps <= 0) return steady
  return Math.max(steady, (ownMps * ownMps) / (2 * (room + (otherMps * otherMps) / (-2 * otherMps2))))
}
