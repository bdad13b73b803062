import { clamp, wrapAngle } from '@heavylift/core/math'
import { coverMeeting } from './cover-meeting.ts'
import type { LateralPath } from './lateral-path.ts'
import { pathStepM } from './lateral-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PlanInput } from './planner.ts'
import type { JunctionOnRoute } from './route-map.ts'

/** Speed at the entry of a junction where others have the right of way, so far before and behind it: one stops before it when somebody shows up. */
const entryMps = 4
const beforeM = 5
const behindM = 2
/** A siren that is heard and not seen may come out at any junction; one that comes from behind is seen. */
const sirenMps = 4
const besideRad = 2.3
const sureSigmas = 3
const leastSigmaRad = 0.15
/** Who comes towards a junction or is in it, at this pace, may turn across the lane: so far along they would be in it. */
const slowestMps = 1
const turningMps = 8
const aroundM = 12
const furthestLeftM = 6
/** The 8 m that their turn takes, and 2 m beside. */
const turner = { roomM: 10, coverMps2: 4, leastMps: 5 }

/** Bounds the speed before and in a junction by what may come there: `path.capMps` is lowered. */
export function slowForJunction(
  path: LateralPath,
  occupancy: Occupancy,
  input: PlanInput,
  front: number,
  junction: JunctionOnRoute,
): void {
  const { fromS, toS } = junction
  const toFront = front - path.startS
  if (junction.yields) bound(path, fromS - beforeM - toFront, fromS + behindM - toFront, entryMps)
  if (hearsUnseen(input)) bound(path, fromS - beforeM - toFront, fromS + behindM - toFront, sirenMps)
  for (let way = 0; way < occupancy.count; way++) {
    const at = way * wayPoints
    const along = occupancy.alongMps[at] as number
    if (along > -slowestMps || along < -turningMps || occupancy.isVulnerable[way] === 1) continue
    const s = ((occupancy.sMin[at] as number) + (occupancy.sMax[at] as number)) / 2
    const lateral = ((occupancy.lMin[at] as number) + (occupancy.lMax[at] as number)) / 2
    if (s < front || s < fromS - aroundM || s > toS + aroundM) continue
    if (lateral < input.shape.widthM / 2 || lateral > furthestLeftM) continue
    coverMeeting(path, { ...turner, toOtherM: s - front, nearsMps: -along }, input.ego.speedMps)
  }
}

function bound(path: LateralPath, fromS: number, toS: number, mps: number): void {
  const first = clamp(Math.floor((fromS - path.startS) / pathStepM), 0, path.count)
  const last = Math.min(path.count - 1, Math.ceil((toS - path.startS) / pathStepM))
  for (let index = first; index <= last; index++)
    path.capMps[index] = Math.min(path.capMps[index] as number, mps)
}

/** Whether a siren is heard from ahead or the side where no track has one. */
function hearsUnseen({ sirens, tracks, ego }: PlanInput): boolean {
  for (let one = 0; one < sirens.count; one++) {
    const bearing = sirens.bearing[one] as number
    if (Math.abs(wrapAngle(bearing - ego.heading)) > besideRad) continue
    const within = Math.max(leastSigmaRad, sureSigmas * (sirens.sigmaRad[one] as number))
    let isSeen = false
    for (let row = 0; row < tracks.count && !isSeen; row++)
      isSeen =
        tracks.hasSiren[row] === 1 &&
        Math.abs(
          wrapAngle(
            Math.atan2((tracks.y[row] as number) - ego.y, (tracks.x[row] as number) - ego.x) - bearing,
          ),
        ) < within
    if (!isSeen) return true
  }
  return false
}
