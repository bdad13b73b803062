import { clamp } from '@heavylift/core/math'
import { InvalidInputError } from '@heavylift/core'
import type { Road, Signal } from '../opendrive/road.ts'
import { laneDirection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { ActionContent, Scenario, StoryElement } from '../openscenario/scenario.ts'
import type { SignalHead } from './signal-table.ts'
import { signalStates, SignalTable } from './signal-table.ts'

type LightState = (typeof signalStates)[keyof typeof signalStates]

/** Type of a stop line in the German catalogue, which OpenDRIVE files use for it everywhere. */
const stopLineType = '294'
/** A light counts at a stop line that is at most as far from it. */
const stopLineReachM = 30

const words: [name: RegExp, state: LightState][] = [
  [/red|stop/, signalStates.red],
  [/flashing/, signalStates.flashingAmber],
  [/amber|yellow|caution/, signalStates.amber],
  [/green|go/, signalStates.green],
  [/off|none|dark/, signalStates.off],
]

const lamps = ['on', 'off', 'flashing']

/**
 * What a light shows in a state of OpenSCENARIO: a word (`green`), or its lamps from the top (`off;off;on`; of two, red and green). Red beside amber
 * is red: it says stop. Throws `traffic-signal-state-unknown`.
 */
export function lightStateOf(state: string): LightState {
  const parts = state
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  if (parts.length > 1 && parts.length < 4 && parts.every((part) => lamps.includes(part))) {
    const [red, amber, green] = parts.length === 3 ? parts : [parts[0], 'off', parts[1]]
    if (red !== 'off') return signalStates.red
    if (amber !== 'off') return amber === 'on' ? signalStates.amber : signalStates.flashingAmber
    return green === 'off' ? signalStates.off : signalStates.green
  }
  const found = words.find(([name]) => parts.some((part) => name.test(part)))
  if (found) return found[1]
  throw new InvalidInputError({
    code: 'traffic-signal-state-unknown',
    message: `"${state}" is no state of a traffic light that is known here. Use red, amber, green, off or flashing, or its lamps from the top, as off;off;on.`,
  })
}

/** States that a scenario gives signals anywhere, by the signal's name in the scenario. */
function statesOf({ trafficSignals = [], init, stories }: Scenario): Map<string, Set<string>> {
  const states = new Map<string, Set<string>>()
  const add = (signal: string, state: string) =>
    states.set(signal, (states.get(signal) ?? new Set()).add(state))
  const addAction = (content: ActionContent | undefined) => {
    if (content?.kind === 'trafficSignalState') add(content.signal, content.state)
  }
  const visit = ({ action, children }: StoryElement): void => {
    addAction(action?.content)
    children.forEach(visit)
  }
  for (const { phases } of trafficSignals)
    for (const phase of phases) for (const { signal, state } of phase.states) add(signal, state)
  for (const { content } of init) addAction(content)
  stories.forEach(visit)
  return states
}

/** Where the traffic of a light stops: at the stop line that is nearest to it on its road, else at the light. */
function stopAt(road: Road, s: number, direction: 1 | -1): number {
  const lines = road.signals
    .filter(({ type, orientation }) => type === stopLineType && orientation !== (direction === 1 ? '-' : '+'))
    .map((line) => line.s)
    .toSorted((a, b) => Math.abs(a - s) - Math.abs(b - s))
  const nearest = lines[0] ?? Infinity
  const at = Math.abs(nearest - s) <= stopLineReachM ? nearest : s
  return clamp(at, 0, road.length)
}

type Placed = Pick<Signal, 's' | 'orientation' | 'lanes'>

function headsAt(id: string, index: number, road: Road, placed: Placed): SignalHead[] {
  const lanes = (placed.lanes ?? [])
    .flatMap(({ fromLane, toLane }) => {
      const from = Math.min(fromLane, toLane)
      return Array.from({ length: Math.abs(toLane - fromLane) + 1 }, (_, step) => from + step)
    })
    .filter((lane) => lane !== 0)
  const heads: SignalHead[] = []
  for (const direction of [1, -1] as const) {
    if (placed.orientation === (direction === 1 ? '-' : '+')) continue
    const own = lanes.filter((lane) => laneDirection(road, lane) === direction)
    // No lanes at all are all lanes; lanes of the other direction only are none.
    if (lanes.length > 0 && own.length === 0) continue
    heads.push({ id, road: index, s: stopAt(road, placed.s, direction), lanes: own, direction })
  }
  return heads
}

/**
 * The traffic lights that a scenario switches, from the signals of its roads of the same id or name and the places that refer to them; null where it
 * switches none that there is. Throws `traffic-signal-state-unknown`.
 */
export function signalTableOf(scenario: Scenario, network: RoadNetwork): SignalTable | null {
  const states = statesOf(scenario)
  if (states.size === 0) return null
  const heads: SignalHead[] = []
  for (const [index, road] of network.roads.entries())
    for (const signal of road.signals) {
      const used = [signal.id, signal.name ?? ''].find((name) => states.has(name))
      if (used === undefined) continue
      for (const state of states.get(used) ?? []) lightStateOf(state)
      heads.push(...headsAt(used, index, road, signal))
      for (const [other, referring] of network.roads.entries())
        for (const reference of referring.signalReferences ?? [])
          if (reference.id === signal.id) heads.push(...headsAt(used, other, referring, reference))
    }
  return heads.length === 0 ? null : new SignalTable(heads)
}
