import type { Driver, DriverSetting } from '../driver.ts'
import { IdmDriver } from './idm-driver.ts'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import type { DriverCommand, VehicleState } from '../vehicle.ts'
import type { CutInView, ReferenceDriver } from './reference-driver.ts'

/** Ordinary driving brakes no harder; what is harder is the reference model's reaction. */
const ordinaryMps2 = 3
/** A model that only takes its foot off leaves ordinary driving alone. */
const coastingMps2 = 0.5
const lookaheadM = 150
const behindM = 10

/**
 * A reference model as the driver of a whole run: it follows its route and the traffic as the baseline does, with comfortable braking only, and reacts
 * to each road user near its way as the model says. It sees the truth.
 */
export class ReferenceEgoDriver implements Driver {
  readonly #setting: DriverSetting
  readonly #ordinary: IdmDriver
  readonly #make: () => ReferenceDriver
  readonly #models: (ReferenceDriver | undefined)[] = []
  /** Where each row was beside the route when it was first seen: the centre of its lane. */
  readonly #firstLateral: Float64Array
  readonly #own: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #other: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #view: CutInView = {
    egoSpeedMps: 0,
    otherSpeedMps: 0,
    gapM: 0,
    clearM: 0,
    closingMps: 0,
    offCentreM: 0,
    lengthsM: 0,
  }

  constructor(setting: DriverSetting, make: () => ReferenceDriver) {
    this.#setting = setting
    this.#ordinary = new IdmDriver(setting)
    this.#make = make
    this.#firstLateral = new Float64Array(setting.scene.agents.capacity).fill(NaN)
  }

  step(state: Readonly<VehicleState>, command: DriverCommand): void {
    this.#ordinary.step(state, command)
    let wanted = Math.max(command.accelerationMps2, -ordinaryMps2)
    const { scene, route } = this.#setting
    const { agents, ego } = scene
    route.project(state.x, state.y, this.#own.index, this.#own)
    for (let row = 0; row < agents.count; row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      const dx = (agents.x[row] as number) - state.x
      const dy = (agents.y[row] as number) - state.y
      if (dx * dx + dy * dy > lookaheadM * lookaheadM) continue
      if (!this.#look(row, state.speedMps)) continue
      // Beside the way and not coming into it: what was seen of it before is over.
      if (this.#view.clearM > 0 && this.#view.closingMps === 0) {
        this.#models[row] = undefined
        continue
      }
      this.#models[row] ??= this.#make()
      const reaction = (this.#models[row] as ReferenceDriver).step(this.#view, this.#setting.stepS)
      if (reaction < -coastingMps2) wanted = Math.min(wanted, reaction)
    }
    command.accelerationMps2 = wanted
  }

  /** Writes the view of a row along the route; false where it is behind the ego. */
  #look(row: number, egoSpeedMps: number): boolean {
    const { scene, route, shape } = this.#setting
    const { agents } = scene
    const own = this.#own
    const other = this.#other
    const view = this.#view
    route.project(agents.x[row] as number, agents.y[row] as number, own.index, other)
    if (Number.isNaN(this.#firstLateral[row])) this.#firstLateral[row] = other.lateral
    const angle = (agents.heading[row] as number) - (route.heading[other.index] as number)
    const cos = Math.cos(angle)
    const sin = Math.sin(angle)
    const halfLength = (agents.lengthM[row] as number) / 2
    const halfWidth = (agents.widthM[row] as number) / 2
    const alongM = halfLength * Math.abs(cos) + halfWidth * Math.abs(sin)
    const acrossM = halfLength * Math.abs(sin) + halfWidth * Math.abs(cos)
    const speed = agents.speedMps[row] as number
    const side = other.lateral - own.lateral >= 0 ? 1 : -1
    const first = this.#firstLateral[row] as number
    view.gapM = other.s - own.s - shape.centreX - shape.lengthM / 2 - alongM
    if (view.gapM < -behindM) return false
    view.egoSpeedMps = egoSpeedMps
    view.otherSpeedMps = speed * cos
    view.clearM = Math.abs(other.lateral - own.lateral) - acrossM - shape.widthM / 2
    view.closingMps = view.clearM > 0 ? Math.max(0, -side * speed * sin) : 0
    view.offCentreM = side * (first - other.lateral)
    view.lengthsM = shape.lengthM + 2 * alongM
    return true
  }
}
