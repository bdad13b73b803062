import { InvalidInputError } from '@heavylift/core'
import { TruePerception } from '../../perception/true-perception.ts'
import { RouteMap } from '../../planning/route-map.ts'
import { agentKinds } from '../../../world/scene/agent-table.ts'
import { signalStates } from '../../../world/scene/signal-table.ts'
import type { DriverCommand, VehicleState } from '../../vehicle.ts'
import type { Driver, DriverSetting } from '../../driver.ts'
import { DriverFailedError } from '../../driver-failed-error.ts'
import type { DriverSpec } from '../../version.ts'
import { ProgramLink } from './program-link.ts'
import { commandSchema, protocolVersion, readySchema } from './protocol.ts'

const startTimeoutS = 20
const usualTimeoutS = 2
const signalNames = Object.keys(signalStates)
/** The route goes over the wire at every fourth sample, 2 m. */
const routeStride = 4

/**
 * Drives by another program: one line of JSON to its standard input every step, one line back (the README has the protocol and an example). The
 * program is started at the first step; what goes wrong with it ends the run as failed.
 */
export class ExternalDriver implements Driver {
  readonly #setting: DriverSetting
  readonly #command: string
  readonly #args: string[]
  readonly #directory: string
  readonly #timeoutS: number
  readonly #perception: TruePerception
  readonly #map: RouteMap
  #link: ProgramLink | null = null

  /** Throws `driver-parameters`. */
  constructor(setting: DriverSetting, parameters: DriverSpec['parameters']) {
    const { command, args = '[]', directory = process.cwd(), timeoutS = usualTimeoutS } = parameters
    if (typeof command !== 'string' || command === '' || typeof timeoutS !== 'number' || !(timeoutS > 0))
      throw new InvalidInputError({
        code: 'driver-parameters',
        message:
          'A driver of kind "external" takes the parameters command (a program), args (a list of words) and timeoutS (seconds above 0).',
      })
    this.#setting = setting
    this.#command = command
    this.#args = argumentsOf(args)
    this.#directory = String(directory)
    this.#timeoutS = timeoutS
    this.#perception = new TruePerception(setting.scene)
    this.#map = new RouteMap(setting.route, setting.scene.network, setting.scene.signals)
  }

  step(state: Readonly<VehicleState>, command: DriverCommand): void {
    if (!this.#link) {
      this.#link = new ProgramLink(this.#command, this.#args, this.#directory)
      this.#exchange(this.#link, this.#startMessage(), readySchema, startTimeoutS)
    }
    this.#perception.step(state)
    const answer = this.#exchange(this.#link, this.#stepMessage(state), commandSchema, this.#timeoutS)
    command.accelerationMps2 = answer.accelerationMps2
    command.frontSteerRad = answer.frontSteerRad
    command.rearSteerRad = answer.rearSteerRad
  }

  close(): void {
    this.#link?.close()
  }

  #exchange<T>(
    link: ProgramLink,
    message: object,
    schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
    withinS: number,
  ): T {
    const line = link.ask(JSON.stringify(message), withinS)
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch (error) {
      throw new DriverFailedError(
        `The driver's program answered "${line.slice(0, 80)}", which is no JSON.`,
        error,
      )
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success)
      throw new DriverFailedError(
        `The driver's program answered "${line.slice(0, 80)}" where ${schema === readySchema ? '{"type":"ready"}' : 'a command with accelerationMps2 and frontSteerRad'} was expected.`,
      )
    return parsed.data
  }

  #startMessage(): object {
    const { route, shape, desiredSpeedMps, seed, stepS } = this.#setting
    const points: number[][] = []
    for (let index = 0; index < route.count; index += routeStride)
      points.push([
        route.x[index] as number,
        route.y[index] as number,
        route.heading[index] as number,
        route.speedLimitMps[index] as number,
      ])
    return {
      type: 'start',
      protocol: protocolVersion,
      stepS,
      seed,
      shape,
      desiredSpeedMps: Number.isNaN(desiredSpeedMps) ? null : desiredSpeedMps,
      route: points,
    }
  }

  #stepMessage(ego: Readonly<VehicleState>): object {
    const { scene } = this.#setting
    const { tracks } = this.#perception
    const agents: object[] = []
    for (let row = 0; row < tracks.count; row++)
      agents.push({
        id: tracks.id[row],
        kind: agentKinds[tracks.kind[row] as number],
        x: tracks.x[row],
        y: tracks.y[row],
        heading: tracks.heading[row],
        speedMps: tracks.speedMps[row],
        lengthM: tracks.lengthM[row],
        widthM: tracks.widthM[row],
        hasSiren: tracks.hasSiren[row] === 1,
      })
    const lines = this.#map.lines.map(({ s, head }) => ({
      routeM: s,
      state: head < 0 ? 'stop' : signalNames[scene.signals.state[head] as number],
    }))
    return { type: 'step', timeS: scene.timeS, ego, agents, lines, environment: scene.environment }
  }
}

function argumentsOf(args: unknown): string[] {
  try {
    const list: unknown = JSON.parse(String(args))
    if (Array.isArray(list) && list.every((word) => typeof word === 'string')) return list
  } catch {
    // Told below.
  }
  throw new InvalidInputError({
    code: 'driver-parameters',
    message: `The args of an external driver are a list of words, not ${String(args)}.`,
  })
}
