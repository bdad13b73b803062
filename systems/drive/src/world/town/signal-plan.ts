import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { SignalProgram } from '../scene/signal-program.ts'
import type { SignalHead } from '../scene/signal-table.ts'
import { signalStates, SignalTable } from '../scene/signal-table.ts'
import { signalTypes } from '../lanes/junction-signs.ts'

export interface SignalTimes {
  greenS: number
  amberS: number
  allRedS: number
  /** Shifts every junction's cycle. */
  offsetS: number
}

const usualTimes: SignalTimes = { greenS: 20, amberS: 3, allRedS: 2, offsetS: 0 }

/** Fixed cycle: the approaches of each junction in phases, those opposite one another together. */
class FixedCycle implements SignalProgram {
  readonly #times: SignalTimes
  readonly #phase: number[]
  readonly #phases: number[]

  constructor(times: SignalTimes, phase: number[], phases: number[]) {
    this.#times = times
    this.#phase = phase
    this.#phases = phases
  }

  step(signals: SignalTable, timeS: number): void {
    const { greenS, amberS, allRedS, offsetS } = this.#times
    const part = greenS + amberS + allRedS
    for (let head = 0; head < signals.state.length; head++) {
      const cycle = part * (this.#phases[head] as number)
      const from = (timeS + offsetS - part * (this.#phase[head] as number)) % cycle
      const since = from < 0 ? from + cycle : from
      signals.state[head] =
        since < greenS ? signalStates.green : since < greenS + amberS ? signalStates.amber : signalStates.red
    }
  }
}

/**
 * The traffic lights of a road network (signals of type 1000001) and a program that turns them in a fixed cycle: at each junction the approach
 * of the lowest road and the one opposite first, then the next. A light that leads to no junction has a phase of its own.
 */
export function signalsOf(
  network: RoadNetwork,
  times: Partial<SignalTimes> = {},
): { signals: SignalTable; program: SignalProgram } {
  const heads: SignalHead[] = []
  const phase: number[] = []
  const junctionOf: string[] = []
  const headings: number[] = []
  const pose = new Float64Array(4)
  for (const [index, road] of network.roads.entries())
    for (const signal of road.signals) {
      if (signal.type !== signalTypes.trafficLight) continue
      const direction = signal.orientation === '-' ? -1 : 1
      const link = direction === 1 ? road.successor : road.predecessor
      network.trackPose(index, signal.s, 0, pose)
      const heading = (pose[2] as number) + (direction === 1 ? 0 : Math.PI)
      const junction = link?.kind === 'junction' ? link.id : `road ${road.id}`
      heads.push({ id: signal.id, road: index, s: signal.s, lanes: [], direction })
      const same = headings.findIndex(
        (other, head) => junctionOf[head] === junction && Math.abs(Math.cos(other - heading)) > Math.SQRT1_2,
      )
      const others = phase.filter((_, head) => junctionOf[head] === junction)
      phase.push(same >= 0 ? (phase[same] as number) : Math.max(-1, ...others) + 1)
      junctionOf.push(junction)
      headings.push(heading)
    }
  const phases = junctionOf.map(
    (junction) => Math.max(1, ...phase.filter((_, head) => junctionOf[head] === junction)) + 1,
  )
  return {
    signals: new SignalTable(heads),
    program: new FixedCycle({ ...usualTimes, ...times }, phase, phases),
  }
}
