import type { Road, Signal } from '../opendrive/road.ts'

/** How right of way is settled where roads meet. `priority`: the main road has it. */
export type JunctionControl = 'signals' | 'stop' | 'priority' | 'uncontrolled'

/** Signal types of the roads made here: numbers of the German catalogue and OpenDRIVE's own for a traffic light, as ASAM's examples have them. */
export const signalTypes = {
  trafficLight: '1000001',
  stopSign: '206',
  yieldSign: '205',
  priorityRoad: '306',
  stopLine: '294',
} as const

/** What stands at an approach beside its stop line; null at one that has neither sign nor light. */
export type ApproachSign = 'trafficLight' | 'stopSign' | 'yieldSign' | 'priorityRoad' | null

/** Puts a stop line, and what stands there, at `s` for traffic along rising (1) or falling (−1) s. */
export function addApproach(
  road: Road,
  s: number,
  direction: 1 | -1,
  borderM: number,
  sign: ApproachSign,
): void {
  const signal = (type: string, t: number, isDynamic: boolean, zOffset: number): Signal => ({
    id: `${road.id}${direction === 1 ? '0' : '1'}${road.signals.length}`,
    s,
    t,
    zOffset,
    type,
    subtype: '-1',
    country: type === signalTypes.trafficLight ? 'OpenDRIVE' : 'DE',
    isDynamic,
    orientation: direction === 1 ? '+' : '-',
    value: null,
  })
  road.signals.push(signal(signalTypes.stopLine, 0, false, 0))
  if (sign !== null)
    road.signals.push(signal(signalTypes[sign], -direction * (borderM + 0.5), sign === 'trafficLight', 2.5))
}

export const crosswalkWidthM = 4

/**
 * Adds a crosswalk over the carriageway of a road, `s` its middle. The object's `length` is its extent along the road, `width` across.
 */
export function addCrosswalk(road: Road, s: number, fromT: number, toT: number): void {
  road.objects.push({
    id: `${road.id}9${road.objects.length}`,
    type: 'crosswalk',
    s,
    t: (fromT + toT) / 2,
    zOffset: 0,
    heading: 0,
    length: crosswalkWidthM,
    width: Math.abs(toT - fromT),
    height: 0,
  })
}
