import { TruePerception } from '../../perception/true-perception.ts'
import { RouteMap } from '../../planning/route-map.ts'
import type { PathPoint } from '../../../world/lanes/reference-path.ts'
import type { VehicleState } from '../../vehicle.ts'
import type { DriverSetting } from '../../driver.ts'
import { lineStates, observationParts, precipitations } from './fields.ts'
import type { Field } from './fields.ts'

const { case: caseFields, ego, environment, agents, lines } = observationParts
const fixedLength = caseFields.length + ego.length + environment.length
const stopSign = lineStates.indexOf('stop')
/** The route goes out at every fourth sample, 2 m. */
const routeStride = 4

/** What a driver elsewhere is told of a run. */
export class Observation {
  readonly #setting: DriverSetting
  readonly #perception: TruePerception
  readonly #map: RouteMap
  readonly #onRoute: PathPoint = { s: 0, lateral: 0, index: -1 }

  constructor(setting: DriverSetting) {
    this.#setting = setting
    this.#perception = new TruePerception(setting.scene)
    this.#map = new RouteMap(setting.route, setting.scene.network, setting.scene.signals)
  }

  /** Numbers that `write` may need. */
  get mostNumbers(): number {
    const { scene } = this.#setting
    return fixedLength + scene.agents.count * agents.length + this.#map.lines.length * lines.length
  }

  /** Writes what is seen from `state` into `to` from `at` on, in the order of `observationParts`; gives the place after it. */
  write(caseNumber: number, state: Readonly<VehicleState>, to: Float64Array, at: number): number {
    const { scene, route } = this.#setting
    const { tracks } = this.#perception
    this.#perception.step(state)
    route.project(state.x, state.y, this.#onRoute.index, this.#onRoute)
    const seen = scene.environment
    let next = at
    const put = (value: number) => {
      to[next++] = value
    }
    put(caseNumber)
    put(scene.timeS)
    put(tracks.count)
    put(this.#map.lines.length)
    put(state.x)
    put(state.y)
    put(state.heading)
    put(state.speedMps)
    put(state.accelerationMps2)
    put(state.yawRateRadps)
    put(state.frontSteerRad)
    put(state.rearSteerRad)
    put(this.#onRoute.s)
    put(this.#onRoute.lateral)
    put(seen.illuminanceLux)
    put(seen.visualRangeM)
    put(precipitations.indexOf(seen.precipitation))
    put(seen.precipitationMmPerH)
    put(seen.friction)
    for (let row = 0; row < tracks.count; row++) {
      to[next] = tracks.id[row] as number
      to[next + 1] = tracks.kind[row] as number
      to[next + 2] = tracks.x[row] as number
      to[next + 3] = tracks.y[row] as number
      to[next + 4] = tracks.heading[row] as number
      to[next + 5] = tracks.speedMps[row] as number
      to[next + 6] = tracks.accelerationMps2[row] as number
      to[next + 7] = tracks.yawRateRadps[row] as number
      to[next + 8] = tracks.lengthM[row] as number
      to[next + 9] = tracks.widthM[row] as number
      to[next + 10] = tracks.hasSiren[row] as number
      to[next + 11] = tracks.lights[row] as number
      next += 12
    }
    for (const { s, head } of this.#map.lines) {
      put(s)
      put(head < 0 ? stopSign : (scene.signals.state[head] as number))
    }
    return next
  }

  /** What is told once, when the case begins. JSON. */
  begin(caseNumber: number) {
    const { route, shape, desiredSpeedMps, seed, stepS, caseId } = this.#setting
    const points: number[][] = []
    for (let index = 0; index < route.count; index += routeStride)
      points.push([
        route.x[index] as number,
        route.y[index] as number,
        route.heading[index] as number,
        route.speedLimitMps[index] as number,
      ])
    return {
      case: caseNumber,
      id: caseId,
      seed,
      stepS,
      shape,
      desiredSpeedMps: Number.isNaN(desiredSpeedMps) ? null : desiredSpeedMps,
      route: points,
    }
  }
}

type Named = Record<string, unknown>

/** An observation as JSON tells it, from numbers at `at`, and the place after it. */
export function readObservation(numbers: Float64Array, at: number): { value: Named; next: number } {
  const head = named(caseFields, numbers, at) as { agentCount: number; lineCount: number }
  let next = at + caseFields.length
  const take = (fields: Field[]) => {
    const row = named(fields, numbers, next)
    next += fields.length
    return row
  }
  const { agentCount, lineCount, ...known } = head
  const value = {
    ...known,
    ego: take(ego),
    environment: take(environment),
    agents: Array.from({ length: agentCount }, () => take(agents)),
    lines: Array.from({ length: lineCount }, () => take(lines)),
  }
  return { value, next }
}

function named(fields: readonly Field[], numbers: Float64Array, at: number): Named {
  const row: Named = {}
  for (const [index, { name, words, bits, isTruth }] of fields.entries()) {
    const number = numbers[at + index] as number
    row[name] = words
      ? words[number]
      : bits
        ? bits.filter((_, bit) => (number & (1 << bit)) !== 0)
        : isTruth
          ? number === 1
          : number
  }
  return row
}
