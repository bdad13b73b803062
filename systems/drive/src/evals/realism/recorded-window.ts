import type { CommonRoadScene, Obstacle, TimedState } from '../../world/commonroad/commonroad.ts'
import { stateAt } from '../../world/commonroad/recorded-traffic.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import { trafficNetwork } from '../../world/traffic/traffic-source.ts'
import type { TrafficNetwork } from '../../world/traffic/traffic-source.ts'
import { RoadEdge } from './road-edge.ts'
import { mostAhead, pastSteps, stepS, Tracks } from './tracks.ts'

/** Windows with less ahead than this tell nothing. */
const leastAhead = 15

const motorKinds: AgentKind[] = ['car', 'truck', 'bus', 'motorcycle', 'emergency']

/** Somebody who was there at the moment from which on everybody is simulated. */
export interface WindowAgent {
  kind: AgentKind
  lengthM: number
  widthM: number
  now: TimedState
  /** Motor vehicles are scored; who walks or cycles takes part. */
  isScored: boolean
}

/** A second of the past and up to eight seconds ahead of a recorded scene. */
export interface RecordedWindow {
  name: string
  /** The place of the recording: what stands before the first hyphen of the scene's name. */
  source: string
  network: TrafficNetwork
  edge: RoadEdge
  agents: WindowAgent[]
  log: Tracks
}

const isMoving = ({ states }: Obstacle) => states.length > 1

/** The windows of a scene, one after the other, as many as it has. Those who come in later are left out, as in the challenge. */
export function windowsOf(scene: CommonRoadScene): RecordedWindow[] {
  const moving = scene.obstacles.filter(isMoving)
  const firstS = Math.min(...moving.map(({ states }) => (states[0] as TimedState).timeS))
  const lastS = Math.max(...moving.map(({ states }) => (states.at(-1) as TimedState).timeS))
  const network = trafficNetwork(scene.network)
  const edge = new RoadEdge([...scene.lanelets.values()].filter(({ isForCars }) => isForCars))
  const windows: RecordedWindow[] = []
  for (let startS = firstS; moving.length > 0; startS += (pastSteps + mostAhead) * stepS) {
    const ahead = Math.min(mostAhead, Math.floor((lastS - startS) / stepS + 1e-6) - pastSteps)
    if (ahead < leastAhead) break
    const nowS = startS + pastSteps * stepS
    const present = scene.obstacles.flatMap((obstacle) => {
      const now = stateAt(obstacle.states, nowS)
      return now ? [{ obstacle, now }] : []
    })
    const log = new Tracks(present.length, pastSteps + 1 + ahead)
    for (const [agent, { obstacle }] of present.entries())
      for (let frame = 0; frame < log.frames; frame++) {
        const state = stateAt(obstacle.states, startS + frame * stepS)
        if (state) log.put(agent, frame, state.x, state.y, state.heading)
      }
    windows.push({
      name: `${scene.benchmark} from ${startS.toFixed(1)} s`,
      source: scene.benchmark.split('-')[0] ?? '',
      network,
      edge,
      agents: present.map(({ obstacle, now }) => ({
        kind: obstacle.kind,
        lengthM: obstacle.lengthM,
        widthM: obstacle.widthM,
        now,
        isScored: motorKinds.includes(obstacle.kind) && isMoving(obstacle),
      })),
      log,
    })
  }
  return windows.filter(({ agents }) => agents.some(({ isScored }) => isScored))
}

/** What tells a window of the same traffic from another: scenes are published several times with other tasks. */
export function trafficKey({ source, log }: RecordedWindow): string {
  const all = [...log.x.subarray(0, 40), ...log.y.subarray(0, 40)].map((value) => value.toFixed(2))
  return `${source} ${log.agents} ${log.frames} ${all.join(' ')}`
}
