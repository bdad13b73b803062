import { pathStepM } from './lateral-path.ts'
import type { LateralPath } from './lateral-path.ts'

/** Who comes towards one, and how one is ready to stop for them. */
export interface Meeting {
  /** From the front to them now, and how fast they near. */
  toOtherM: number
  nearsMps: number
  /** Room that is to be left between the two. */
  roomM: number
  /** Braking with which one could stop. */
  coverMps2: number
  /** One goes so fast at least. */
  leastMps: number
}

/** Until braking bites. */
const responseS = 0.6

/** Slow enough everywhere, until the two have met, to stop before who comes: they near as one drives, so that one begins to slow down before it is late. Lowers `path.capMps`. */
export function coverMeeting(
  path: LateralPath,
  { toOtherM, nearsMps, roomM, coverMps2, leastMps }: Meeting,
  speedMps: number,
): void {
  const share = 1 + nearsMps / Math.max(speedMps, leastMps)
  const delay = responseS * coverMps2
  for (let index = 0; index < path.count; index++) {
    const apart = toOtherM - share * index * pathStepM
    if (apart < 0) break
    const room = Math.max(0, apart - roomM)
    const most = Math.max(leastMps, Math.sqrt(delay * delay + 2 * coverMps2 * room) - delay)
    path.capMps[index] = Math.min(path.capMps[index] as number, most)
  }
}
