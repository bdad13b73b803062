/**
 * What a zone can be on a floor under control, as on the live floor: BLOCKED is planned around from the next step on; in one with a PERSON robots stand at once, and
 * nobody is let in.
 */
export const controlZoneTypes = ['BLOCKED', 'PERSON'] as const

/** Zone types of VDA 5050 3.0.0 (6.4) and what becomes of each on a floor under control; `sent`: robots get it as it is. */
export const vdaZoneTypes: readonly { type: string; isSent: boolean; why: string }[] = [
  {
    type: 'BLOCKED',
    isSent: true,
    why: 'Planned around from the next step on, and sent to robots whose factsheet names it. One with a person in it is sent as BLOCKED too.',
  },
  {
    type: 'RELEASE',
    isSent: false,
    why: 'A robot would ask for each entry. Here it is given no cell before that is free, so it has nothing to ask for.',
  },
  {
    type: 'SPEED_LIMIT',
    isSent: false,
    why: 'All robots are planned in one beat; a slow one would hold up all behind it without the plan knowing. Close the aisle instead.',
  },
  {
    type: 'DIRECTED',
    isSent: false,
    why: 'Robots choose no way here. One-way aisles are in the plan: its lanes are learned from the floor.',
  },
  { type: 'BIDIRECTED', isSent: false, why: 'As DIRECTED: robots choose no way here.' },
  {
    type: 'PRIORITY',
    isSent: false,
    why: 'It weighs ways that robots choose by themselves; here they drive from node to node as they are told.',
  },
  { type: 'PENALTY', isSent: false, why: 'As PRIORITY: robots choose no way here.' },
  { type: 'LINE_GUIDED', isSent: false, why: 'Robots drive straight from node to node everywhere.' },
  {
    type: 'COORDINATED_REPLANNING',
    isSent: false,
    why: 'Robots plan no way of their own that could be agreed on.',
  },
  { type: 'ACTION', isSent: false, why: 'What a robot has to do is told it at the nodes of its errands.' },
]

/** Why a type that somebody asks for cannot be had; undefined for one that VDA 5050 does not know. */
export function refusedZone(type: unknown): string | undefined {
  const known = vdaZoneTypes.find((one) => one.type === type && !one.isSent)
  if (known === undefined) return undefined
  return `${known.type} zones are not made: ${known.why} There are ${controlZoneTypes.join(' and ')}.`
}
