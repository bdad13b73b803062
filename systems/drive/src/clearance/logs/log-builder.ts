import { InvalidInputError } from '@heavylift/core'
import type { DriveLog, LogAgent } from './drive-log.ts'
import { stateSize } from './drive-log.ts'

/** Times nearer to one another than this are one. */
const sameS = 1e-6
/** A log with more numbers than this (1.6 GB) is not held. */
const mostNumbers = 2e8

/** Makes a `DriveLog` of states that come in order of time. What is not known (NaN) of heading, speed and acceleration follows from positions. */
export class LogBuilder {
  readonly #name: string
  readonly #agents: LogAgent[] = []
  readonly #indexByName = new Map<string, number>()
  readonly #times: number[] = []
  readonly #frames: Map<number, number[]>[] = []

  constructor(name: string) {
    this.#name = name
  }

  /** The index of an agent, by its name; a new one where there is none. */
  agent(agent: LogAgent): number {
    const known = this.#indexByName.get(agent.name)
    if (known !== undefined) return known
    const { name, kind, lengthM, widthM, heightM } = agent
    const index = this.#agents.push({ name, kind, lengthM, widthM, heightM }) - 1
    this.#indexByName.set(name, index)
    return index
  }

  /** States that follow are of this time. */
  time(timeS: number): void {
    const last = this.#times.at(-1)
    if (last !== undefined && Math.abs(timeS - last) < sameS) return
    if (last !== undefined && timeS < last)
      throw new InvalidInputError({
        code: 'log-invalid',
        message: `${this.#name}: time goes back from ${last} to ${timeS}. Sort the log by time.`,
      })
    this.#times.push(timeS)
    this.#frames.push(new Map())
  }

  /** `stateSize` numbers. */
  state(agent: number, numbers: number[]): void {
    this.#frames.at(-1)?.set(agent, numbers)
  }

  /** Throws `log-invalid` without at least two times, or without the vehicle. */
  build(egoName: string | null, roads: string | null, path: string): DriveLog {
    const wanted = egoName?.toLowerCase() ?? 'ego'
    const named = this.#agents.findIndex(({ name }) => name.toLowerCase() === wanted)
    if (this.#times.length < 2 || this.#agents.length === 0 || (egoName !== null && named < 0))
      throw new InvalidInputError({
        code: 'log-invalid',
        message:
          this.#times.length < 2 || this.#agents.length === 0
            ? `${path}: has no states of agents at two times or more.`
            : `${path}: nobody in it is called ${egoName}.`,
      })
    const numbers = this.#times.length * this.#agents.length * stateSize
    if (numbers > mostNumbers)
      throw new InvalidInputError({
        code: 'log-invalid',
        message: `${path}: has ${this.#agents.length} agents at ${this.#times.length} times, more than fit into memory. Cut it into parts.`,
      })
    const log: DriveLog = {
      name: this.#name,
      agents: this.#agents,
      ego: Math.max(0, named),
      times: Float64Array.from(this.#times),
      states: new Float64Array(numbers).fill(NaN),
      roads,
    }
    for (const [frame, states] of this.#frames.entries())
      for (const [agent, numbers] of states)
        log.states.set(numbers, (frame * this.#agents.length + agent) * stateSize)
    for (let agent = 0; agent < this.#agents.length; agent++) complete(log, agent)
    return log
  }
}

const stillM = 0.02

/** Fills in heading, speed and acceleration of an agent where they are NaN. */
function complete({ times, states, agents }: DriveLog, agent: number): void {
  const at = (frame: number) => (frame * agents.length + agent) * stateSize
  const has = (frame: number) =>
    frame >= 0 && frame < times.length && !Number.isNaN(states[at(frame)] as number)
  for (let pass = 0; pass < 2; pass++) {
    let heading = 0
    for (let frame = 0; frame < times.length; frame++) {
      if (!has(frame)) continue
      const from = has(frame - 1) ? frame - 1 : frame
      const to = has(frame + 1) ? frame + 1 : frame
      const dtS = (times[to] as number) - (times[from] as number)
      const dx = (states[at(to)] as number) - (states[at(from)] as number)
      const dy = (states[at(to) + 1] as number) - (states[at(from) + 1] as number)
      if (Math.hypot(dx, dy) > stillM) heading = Math.atan2(dy, dx)
      if (pass === 0) {
        if (Number.isNaN(states[at(frame) + 2] as number)) states[at(frame) + 2] = heading
        const turn = states[at(frame) + 2] as number
        const along = dx * Math.cos(turn) + dy * Math.sin(turn)
        if (Number.isNaN(states[at(frame) + 3] as number)) states[at(frame) + 3] = dtS > 0 ? along / dtS : 0
      } else if (Number.isNaN(states[at(frame) + 4] as number)) {
        const change = (states[at(to) + 3] as number) - (states[at(from) + 3] as number)
        states[at(frame) + 4] = dtS > 0 ? change / dtS : 0
      }
    }
  }
}
