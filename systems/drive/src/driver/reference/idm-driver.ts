import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { signalStates } from '../../world/scene/signal-table.ts'
import type { DriverCommand, VehicleState } from '../vehicle.ts'
import type { Driver, DriverSetting } from '../driver.ts'
import { RoadRules } from './road-rules.ts'

/** Treiber, Hennecke, Helbing 2000, "Congested traffic states", table I, for town traffic. */
const timeGapS = 1.5
const standstillM = 2
const accelerationMps2 = 1.5
const brakingMps2 = 2
const hardestMps2 = 8
const lookaheadM = 120
const sideMarginM = 0.3
/** Most sideways acceleration in a bend that it slows down for. */
const bendMps2 = 2.5

/** The baseline: pure pursuit of its route, the intelligent driver model behind whatever is on it, and the rules of the road. It sees the truth. */
export class IdmDriver implements Driver {
  readonly #setting: DriverSetting
  readonly #own: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #other: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #point = new Float64Array(2)
  readonly #lights: { atM: number; head: number }[]
  readonly #rules: RoadRules

  constructor(setting: DriverSetting) {
    this.#setting = setting
    this.#lights = lightsOn(setting)
    this.#rules = new RoadRules(setting)
  }

  step(state: Readonly<VehicleState>, command: DriverCommand): void {
    const { route, shape } = this.#setting
    route.project(state.x, state.y, this.#own.index, this.#own)
    command.accelerationMps2 = this.#acceleration(state)
    const ahead = Math.max(4, 0.9 * Math.abs(state.speedMps))
    route.pointAt(this.#own.s + ahead, 0, this.#point)
    const dx = (this.#point[0] as number) - state.x
    const dy = (this.#point[1] as number) - state.y
    const sideways = dy * Math.cos(state.heading) - dx * Math.sin(state.heading)
    command.frontSteerRad = Math.atan((2 * shape.wheelbaseM * sideways) / (dx * dx + dy * dy))
    command.rearSteerRad = 0
  }

  #acceleration(state: Readonly<VehicleState>): number {
    const speed = state.speedMps
    const desired = this.#desiredSpeed()
    let gap = Infinity
    let leadSpeed = 0
    const { route, scene, shape } = this.#setting
    const { agents, ego } = scene
    const front = shape.centreX + shape.lengthM / 2
    for (let row = 0; row < agents.count; row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      const dx = (agents.x[row] as number) - state.x
      const dy = (agents.y[row] as number) - state.y
      if (dx * dx + dy * dy > lookaheadM * lookaheadM) continue
      route.project(agents.x[row] as number, agents.y[row] as number, this.#own.index, this.#other)
      const angle = (agents.heading[row] as number) - (route.heading[this.#other.index] as number)
      const cos = Math.abs(Math.cos(angle))
      const sin = Math.abs(Math.sin(angle))
      const halfLength = (agents.lengthM[row] as number) / 2
      const halfWidth = (agents.widthM[row] as number) / 2
      const beside = Math.abs(this.#other.lateral) - halfWidth * cos - halfLength * sin
      if (beside > shape.widthM / 2 + sideMarginM) continue
      const distance = this.#other.s - this.#own.s - front - halfLength * cos - halfWidth * sin
      if (this.#other.s <= this.#own.s || distance >= gap) continue
      gap = distance
      leadSpeed = Math.max(0, (agents.speedMps[row] as number) * Math.cos(angle))
    }
    const wallS = this.#rules.wall(state, this.#own)
    const stop = Math.min(this.#stopLine(), wallS) - this.#own.s - front
    if (stop < gap && stop > -2) {
      gap = stop
      leadSpeed = 0
    }
    const free = 1 - (speed / Math.max(desired, 0.1)) ** 4
    if (gap === Infinity) return Math.max(accelerationMps2 * free, -brakingMps2)
    const wanted =
      standstillM +
      Math.max(
        0,
        speed * timeGapS + (speed * (speed - leadSpeed)) / (2 * Math.sqrt(accelerationMps2 * brakingMps2)),
      )
    return Math.max(-hardestMps2, accelerationMps2 * (free - (wanted / Math.max(gap, 0.1)) ** 2))
  }

  #desiredSpeed(): number {
    const { route, desiredSpeedMps } = this.#setting
    const { index } = this.#own
    let desired = Number.isNaN(desiredSpeedMps) ? (route.speedLimitMps[index] as number) : desiredSpeedMps
    const last = Math.min(route.count, index + Math.ceil(40 / route.stepM))
    for (let ahead = index; ahead < last; ahead++) {
      const bend = Math.abs(route.curvature[ahead] as number)
      if (bend < 1e-4) continue
      const way = (ahead - index) * route.stepM
      desired = Math.min(desired, Math.sqrt(bendMps2 / bend + 2 * brakingMps2 * way))
    }
    return desired
  }

  /** Where along the route it has to stop for a light; infinite without one. */
  #stopLine(): number {
    const { state } = this.#setting.scene.signals
    for (const { atM, head } of this.#lights)
      if (
        atM - this.#own.s > -this.#setting.route.stepM &&
        atM - this.#own.s <= lookaheadM &&
        (state[head] === signalStates.red || state[head] === signalStates.amber)
      )
        return atM
    return Infinity
  }
}

/** The lights that a route passes, in order, with where their stop lines are on it. */
function lightsOn({ route, scene }: DriverSetting): { atM: number; head: number }[] {
  const lights: { atM: number; head: number }[] = []
  for (const [head, { road, s, lanes, direction }] of scene.signals.heads.entries())
    for (let index = 0; index < route.count; index++) {
      if (road !== route.road[index] || direction !== route.direction[index]) continue
      if (lanes.length > 0 && !lanes.includes(route.lane[index] as number)) continue
      if (Math.abs((route.roadS[index] as number) - s) > route.stepM / 2) continue
      lights.push({ atM: index * route.stepM, head })
      break
    }
  return lights.toSorted((a, b) => a.atM - b.atM)
}
