import { InvalidInputError } from '@heavylift/core'
import type {
  Scenario,
  ScenarioEnvironment,
  TrafficFlow,
  TrafficSignalProgram,
} from '../openscenario/scenario.ts'

interface RunningProgram {
  program: TrafficSignalProgram
  phase: number
  /** When the phase began, less its delay. */
  sinceS: number
}

/** Traffic that has begun, and where on the ground the places are that it names. */
export interface RunningFlow {
  name: string
  flow: TrafficFlow
  places: readonly (readonly [x: number, y: number])[]
}

export type ValueKind = 'parameter' | 'variable' | 'monitor'

/** What belongs to no entity of a running scenario: parameters, variables, weather, traffic lights. */
export class Surroundings {
  readonly parameters: Map<string, string>
  readonly variables: Map<string, string>
  readonly monitors: Map<string, string>
  /** State of each traffic signal that the scenario has set, as OpenSCENARIO has it (`green`, `off;off;on`, …). */
  readonly signals = new Map<string, string>()
  /** In the order in which they began. */
  readonly flows: RunningFlow[] = []
  /** Rises with every change of signals and of the environment, so that who shows them need look at no step without one. */
  changes = 0
  environment: ScenarioEnvironment | null = null
  #environmentSinceS = 0
  readonly #programs: RunningProgram[]

  constructor(scenario?: Scenario) {
    this.parameters = new Map(Object.entries(scenario?.parameters ?? {}))
    this.variables = new Map(Object.entries(scenario?.variables ?? {}))
    this.monitors = new Map(Object.entries(scenario?.monitors ?? {}))
    this.#programs = (scenario?.trafficSignals ?? []).map((program) => ({
      program,
      phase: 0,
      sinceS: program.delayS,
    }))
    for (const running of this.#programs) this.#show(running)
  }

  #valuesOf(of: ValueKind): Map<string, string> {
    if (of === 'parameter') return this.parameters
    return of === 'variable' ? this.variables : this.monitors
  }

  /** Throws `value-unknown` for a parameter, variable or monitor that is not declared. */
  valueOf(of: ValueKind, name: string): string {
    const value = this.#valuesOf(of).get(name)
    if (value === undefined) throw unknown('value-unknown', of, name)
    return value
  }

  set(of: ValueKind, name: string, value: string): void {
    this.valueOf(of, name)
    this.#valuesOf(of).set(name, value)
  }

  setEnvironment(environment: ScenarioEnvironment, timeS: number): void {
    this.changes++
    this.environment = environment
    this.#environmentSinceS = timeS
  }

  setSignal(signal: string, state: string): void {
    this.changes++
    this.signals.set(signal, state)
  }

  beginFlow(flow: RunningFlow): void {
    this.flows.push(flow)
  }

  /** Ends what has begun by this name. */
  endFlow(name: string): void {
    for (let at = this.flows.length - 1; at >= 0; at--)
      if (this.flows[at]?.name === name) this.flows.splice(at, 1)
  }

  /** Milliseconds of the day and date that the scenario says it is; NaN where it says nothing. */
  dateMs(timeS: number): number {
    const { environment } = this
    if (!environment || environment.dateTime === null) return NaN
    const elapsedS = environment.isTimeAnimated ? timeS - this.#environmentSinceS : 0
    return Date.parse(environment.dateTime) + elapsedS * 1000
  }

  /** Name of the phase that a controller is in. Throws `traffic-signal-unknown`. */
  phaseOf(controller: string): string {
    const running = this.#program(controller)
    return running.program.phases[running.phase]?.name ?? ''
  }

  /** Puts a controller, from now on, into a phase of this name. Throws `traffic-signal-unknown`. */
  setPhase(controller: string, phase: string, timeS: number): void {
    const running = this.#program(controller)
    const index = running.program.phases.findIndex(({ name }) => name === phase)
    if (index < 0) throw unknown('traffic-signal-unknown', 'phase', phase)
    running.phase = index
    running.sinceS = timeS
    this.#show(running)
  }

  /** Lets the controllers' phases go by. */
  step(timeS: number): void {
    for (const running of this.#programs) {
      const { phases } = running.program
      for (let passed = 0; passed < phases.length; passed++) {
        const durationS = phases[running.phase]?.durationS ?? Infinity
        if (timeS < running.sinceS + durationS - 1e-9) break
        running.sinceS += durationS
        running.phase = (running.phase + 1) % phases.length
        this.#show(running)
      }
    }
  }

  #program(controller: string): RunningProgram {
    const found = this.#programs.find(({ program }) => program.name === controller)
    if (!found) throw unknown('traffic-signal-unknown', 'traffic signal controller', controller)
    return found
  }

  #show({ program, phase }: RunningProgram): void {
    for (const { signal, state } of program.phases[phase]?.states ?? []) this.setSignal(signal, state)
  }
}

function unknown(code: string, what: string, name: string): InvalidInputError {
  return new InvalidInputError({ code, message: `The scenario has no ${what} "${name}".` })
}
