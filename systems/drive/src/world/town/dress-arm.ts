import type { LaneSection } from '../opendrive/road.ts'
import { carriagewayM } from './cross-section.ts'
import type { Arm } from './join-arms.ts'
import { addApproach, addCrosswalk, crosswalkWidthM } from '../lanes/junction-signs.ts'
import type { ApproachSign } from '../lanes/junction-signs.ts'

/** Metres from the junction to the near edge of a crosswalk, and from its far edge to the stop line. */
const crosswalkAwayM = 1
const stopLineAwayM = 1

/** Puts a stop line, its sign or light, and a crosswalk at the end of an arm. */
export function dressArm({ road, contactPoint }: Arm, sign: ApproachSign, hasCrosswalk: boolean): void {
  const atEnd = contactPoint === 'end'
  const { left, right } = road.sections[atEnd ? road.sections.length - 1 : 0] as LaneSection
  const inward = (distance: number) => (atEnd ? road.length - distance : distance)
  if (hasCrosswalk)
    addCrosswalk(road, inward(crosswalkAwayM + crosswalkWidthM / 2), carriagewayM(left), -carriagewayM(right))
  const approaching = atEnd ? right : left
  if (!approaching.some(({ type }) => type === 'driving')) return
  const stopM = hasCrosswalk ? crosswalkAwayM + crosswalkWidthM + stopLineAwayM : stopLineAwayM
  addApproach(road, inward(stopM), atEnd ? 1 : -1, carriagewayM(approaching), sign)
}
