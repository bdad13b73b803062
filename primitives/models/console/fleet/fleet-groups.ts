import { fleetColumns, fleetStates } from '../../src/metering/fleet-columns.ts'
import type { FleetColumn, FleetState } from '../../src/metering/fleet-columns.ts'
import type { FleetPicture } from './use-fleet.ts'

export type GroupBy = 'provider' | 'zone' | 'model' | 'none'
/** What a cell's colour says. */
export type Measure = Exclude<FleetColumn, 'state'>

export interface FleetGroup {
  name: string
  /** Places in the list. */
  members: number[]
  outOfService: number
}

/** More groups than this are one at the end, so that the page stays small. */
const mostGroups = 40

export function valueOf({ values }: FleetPicture, at: number, column: FleetColumn): number {
  return values[at * fleetColumns.length + fleetColumns.indexOf(column)] ?? -1
}

export function stateOf(fleet: FleetPicture, at: number): FleetState {
  return fleetStates[valueOf(fleet, at, 'state')] ?? 'healthy'
}

/** How bad a state is: what takes nothing stands before what takes little. */
const severity: Record<FleetState, number> = {
  unhealthy: 5,
  open: 4,
  ejected: 3,
  probing: 2,
  draining: 1,
  healthy: 0,
}

/** The worst first: out of service, then the most failures, then the most of the measure. */
export function worstFirst(fleet: FleetPicture, measure: Measure): (a: number, b: number) => number {
  return (a, b) =>
    severity[stateOf(fleet, b)] - severity[stateOf(fleet, a)] ||
    valueOf(fleet, b, 'failedPercent') - valueOf(fleet, a, 'failedPercent') ||
    valueOf(fleet, b, measure) - valueOf(fleet, a, measure) ||
    a - b
}

/** Places of the replicas whose id, zone, state or names hold every word of `text`. */
export function matching(fleet: FleetPicture, text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const places = fleet.list.map((_, at) => at)
  if (words.length === 0) return places
  return places.filter((at) => {
    const { id, zone, servedAs } = fleet.list[at] ?? { id: '', zone: null, servedAs: [] }
    const all = `${id} ${zone ?? ''} ${stateOf(fleet, at)} ${servedAs.join(' ')}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** Those with the most replicas out of service first, then by name; in a group the order of `places`. */
export function groupsOf(fleet: FleetPicture, places: readonly number[], by: GroupBy): FleetGroup[] {
  const names = Map.groupBy(places, (at) => {
    const replica = fleet.list[at]
    if (by === 'none' || replica === undefined) return 'All replicas'
    if (by === 'zone') return replica.zone ?? 'no zone'
    return by === 'model' ? replica.model : replica.provider
  })
  const groups = Array.from(names, ([name, members]): FleetGroup => ({
    name,
    members,
    outOfService: members.filter((at) => severity[stateOf(fleet, at)] >= 3).length,
  })).toSorted(
    (a, b) => b.outOfService - a.outOfService || a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
  if (groups.length <= mostGroups) return groups
  const rest = groups.slice(mostGroups - 1)
  return [
    ...groups.slice(0, mostGroups - 1),
    {
      name: `${rest.length} more`,
      members: rest.flatMap(({ members }) => members),
      outOfService: rest.reduce((sum, { outOfService }) => sum + outOfService, 0),
    },
  ]
}

/** Where the scale ends: the least of 1, 2, 5, 10, 20, … that is not below any value. */
export function scaleEnd(fleet: FleetPicture, measure: Measure): number {
  if (measure === 'kvPercent' || measure === 'failedPercent') return 100
  let most = 1
  for (let at = 0; at < fleet.list.length; at++) most = Math.max(most, valueOf(fleet, at, measure))
  const decade = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * decade).find((end) => end >= most) ?? most
}

/** A cell with its gap, pixels: smaller where there are many, so that they fit on a screen. */
export function cellPxOf(replicas: number): number {
  return replicas > 600 ? 12 : 16
}

/** Cells in a row. */
export function columnsIn(widthPx: number, cellPx: number): number {
  return Math.max(1, Math.floor(widthPx / cellPx))
}
