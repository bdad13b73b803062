import type { DriverCommand, VehicleState } from '../../vehicle.ts'
import { restingState } from '../../vehicle.ts'
import type { Driver, DriverSetting } from '../../driver.ts'
import { DriverFailedError } from '../../driver-failed-error.ts'
import type { AskedDriver } from './asked-driver.ts'
import type { DriverProgram } from './driver-program.ts'
import type { ProgramLink } from './program-link.ts'
import { Observation } from './observation.ts'

/**
 * A driver whose decisions are made elsewhere, for many runs at a time. A step has two halves: `observe` keeps where the vehicle is, then whoever
 * runs it has the answer given (`answer` or `fail`), and `step` takes it.
 */
export class OutsideDriver implements Driver, AskedDriver {
  /** The name of its case. */
  readonly caseId: string
  readonly observation: Observation
  /** The program that drives; null where the one who runs it answers. */
  readonly program: DriverProgram | null
  number = 0
  link: ProgramLink | null = null
  state: Readonly<VehicleState> = restingState
  readonly #answer = new Float64Array(3)
  #failure: string | null = null

  constructor(setting: DriverSetting, program: DriverProgram | null) {
    this.caseId = setting.caseId
    this.observation = new Observation(setting)
    this.program = program
    program?.join()
  }

  observe(state: Readonly<VehicleState>): void {
    this.state = state
  }

  /** Has its program asked, for this run alone. */
  ask(): void {
    try {
      this.program?.exchange([this])
    } catch (error) {
      if (!(error instanceof DriverFailedError)) throw error
      this.fail(error.message)
    }
  }

  answer(accelerationMps2: number, frontSteerRad: number, rearSteerRad: number): void {
    this.#answer[0] = accelerationMps2
    this.#answer[1] = frontSteerRad
    this.#answer[2] = rearSteerRad
    if (!Number.isFinite(accelerationMps2 + frontSteerRad + rearSteerRad))
      this.fail('gave a command that is no number')
  }

  fail(why: string): void {
    this.#failure ??= why
  }

  step(_state: Readonly<VehicleState>, command: DriverCommand): void {
    if (this.#failure !== null)
      throw new DriverFailedError(
        `${this.program?.title ?? 'The driver'} ${this.#failure} (case ${this.caseId}).`,
      )
    command.accelerationMps2 = this.#answer[0] as number
    command.frontSteerRad = this.#answer[1] as number
    command.rearSteerRad = this.#answer[2] as number
  }

  close(): void {
    this.program?.leave(this)
  }
}
