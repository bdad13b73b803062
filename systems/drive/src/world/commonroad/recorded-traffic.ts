import { wrapAngle } from '@heavylift/core/math'
import type { AgentSource } from '../scene/agent-source.ts'
import type { AgentTable } from '../scene/agent-table.ts'
import type { Scene } from '../scene/scene.ts'
import type { Obstacle, TimedState } from './commonroad.ts'

/** Recorded road users: they do what they did, whatever the vehicle under test does, and are there as long as they were recorded. */
export class RecordedTraffic implements AgentSource {
  readonly capacity: number
  readonly #obstacles: readonly Obstacle[]
  readonly #rows: number[] = []

  readonly #fromS: number

  /** `fromS`: the time of the scene at which the run begins. */
  constructor(obstacles: readonly Obstacle[], fromS: number) {
    this.#obstacles = obstacles
    this.#fromS = fromS
    this.capacity = obstacles.length
  }

  start(agents: AgentTable, scene: Scene): void {
    for (const { id, kind, lengthM, widthM } of this.#obstacles)
      this.#rows.push(agents.add({ name: `recorded-${id}`, kind, lengthM, widthM }))
    this.#place(agents, this.#fromS + scene.timeS)
  }

  step({ agents, timeS }: Scene, dtS: number): void {
    this.#place(agents, this.#fromS + timeS + dtS)
  }

  #place(agents: AgentTable, timeS: number): void {
    for (const [index, { states }] of this.#obstacles.entries()) {
      const row = this.#rows[index] as number
      const state = stateAt(states, timeS)
      agents.isPresent[row] = state ? 1 : 0
      if (!state) continue
      const speedBefore = stateAt(states, timeS - 0.1)?.speedMps ?? state.speedMps
      agents.x[row] = state.x
      agents.y[row] = state.y
      agents.heading[row] = state.heading
      agents.speedMps[row] = state.speedMps
      agents.accelerationMps2[row] = states.length === 1 ? 0 : (state.speedMps - speedBefore) / 0.1
    }
  }
}

/** Between two records, linear; null before the first and after the last. What has one record stands there. */
export function stateAt(states: readonly TimedState[], timeS: number): TimedState | null {
  const [first] = states
  if (!first) return null
  if (states.length === 1) return first
  const last = states[states.length - 1] as TimedState
  if (timeS < first.timeS - 1e-6 || timeS > last.timeS + 1e-6) return null
  let index = 0
  while (index < states.length - 2 && (states[index + 1] as TimedState).timeS <= timeS) index++
  const [from, to] = [states[index] as TimedState, states[index + 1] as TimedState]
  const share = Math.min(1, Math.max(0, (timeS - from.timeS) / (to.timeS - from.timeS)))
  const between = (a: number, b: number) => a + share * (b - a)
  return {
    timeS,
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    heading: from.heading + share * wrapAngle(to.heading - from.heading),
    speedMps: between(from.speedMps, to.speedMps),
  }
}
