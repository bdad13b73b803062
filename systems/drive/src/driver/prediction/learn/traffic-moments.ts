import type { RoadNetwork } from '../../../world/opendrive/road-network.ts'
import { TrackTable } from '../../perception/track-table.ts'
import { AgentTable } from '../../../world/scene/agent-table.ts'
import { clearDay } from '../../../world/scene/environment.ts'
import type { Scene } from '../../../world/scene/scene.ts'
import type { SignalTable } from '../../../world/scene/signal-table.ts'
import { signalsOf } from '../../../world/town/signal-plan.ts'
import { town } from '../../../world/town/town.ts'
import { TrafficSource, trafficNetwork } from '../../../world/traffic/traffic-source.ts'
import { predictionPoints, predictionStepS } from '../prediction-table.ts'

const stepS = 0.05
const warmUpS = 8
const everyS = 3
const horizonS = predictionPoints * predictionStepS

/** Who goes where in one town from one time on: tracks as they truly are, and where each is at the points of a prediction. */
export interface TrafficMoment {
  timeS: number
  tracks: TrackTable
  /** By track, then point: x, y; NaN where it has left the roads by then. */
  future: Float64Array
  /** The lights as they are then. */
  signals: SignalTable
}

export interface TownTraffic {
  name: string
  network: RoadNetwork
  signals: SignalTable
  moments: TrafficMoment[]
}

/** Traffic of `vehicles` vehicles through a made town, seen every three seconds. `use` is called for each moment with the lights as they were. */
export function townTraffic(seed: number, seconds: number, vehicles: number): TownTraffic {
  const network = town({ seed, columns: 3 + (seed % 2), rows: 3 })
  const { signals, program } = signalsOf(network)
  const agents = new AgentTable(vehicles + 1)
  agents.add({ name: 'Ego', kind: 'car', lengthM: 4.5, widthM: 1.8 })
  agents.isPresent[0] = 0
  const scene: Scene = { timeS: 0, network, agents, signals, environment: clearDay, ego: 0 }
  const source = new TrafficSource({ network: trafficNetwork(network), seed, count: vehicles })
  program.step(signals, 0)
  source.start(agents, scene)
  const moments: (TrafficMoment & { rows: number[] })[] = []
  const steps = Math.round((seconds + horizonS) / stepS)
  const perPoint = Math.round(predictionStepS / stepS)
  for (let step = 1; step <= steps; step++) {
    source.step(scene, stepS)
    scene.timeS = step * stepS
    program.step(signals, scene.timeS)
    for (const moment of moments) {
      const since = step - Math.round(moment.timeS / stepS)
      if (since % perPoint !== 0 || since > predictionPoints * perPoint) continue
      const point = since / perPoint - 1
      for (const [track, row] of moment.rows.entries()) {
        if (agents.isPresent[row] === 0) continue
        const at = 2 * (track * predictionPoints + point)
        moment.future[at] = agents.x[row] as number
        moment.future[at + 1] = agents.y[row] as number
      }
    }
    const isSeen = step % Math.round(everyS / stepS) === 0 && scene.timeS >= warmUpS && scene.timeS <= seconds
    if (isSeen) moments.push(momentOf(scene))
  }
  return { name: `town ${seed}`, network, signals, moments }
}

function momentOf({ agents, timeS, signals }: Scene): TrafficMoment & { rows: number[] } {
  const rows: number[] = []
  for (let row = 1; row < agents.count; row++) if (agents.isPresent[row] === 1) rows.push(row)
  const tracks = new TrackTable(rows.length)
  tracks.count = rows.length
  for (const [track, row] of rows.entries()) {
    tracks.id[track] = row
    tracks.kind[track] = agents.kind[row] as number
    tracks.lights[track] = agents.lights[row] as number
    tracks.existence[track] = 1
    for (const column of [
      'x',
      'y',
      'heading',
      'speedMps',
      'accelerationMps2',
      'yawRateRadps',
      'lengthM',
      'widthM',
    ] as const)
      tracks[column][track] = agents[column][row] as number
  }
  const state = { heads: signals.heads, state: Uint8Array.from(signals.state) }
  const future = new Float64Array(2 * rows.length * predictionPoints).fill(NaN)
  return { timeS, tracks, future, signals: state, rows }
}

/** Whether a track is worth a prediction: it is there to the end, and it moves or will. */
export function isScored({ tracks, future }: TrafficMoment, track: number): boolean {
  const last = 2 * ((track + 1) * predictionPoints - 1)
  for (let at = 2 * track * predictionPoints; at <= last; at++) if (Number.isNaN(future[at])) return false
  const way = Math.hypot(
    (future[last] as number) - (tracks.x[track] as number),
    (future[last + 1] as number) - (tracks.y[track] as number),
  )
  return Math.abs(tracks.speedMps[track] as number) > 0.5 || way > 1
}
