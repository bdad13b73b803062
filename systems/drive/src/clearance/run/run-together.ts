import { DriverFailedError } from '../../driver/driver-failed-error.ts'
import type { DriverProgram } from '../../driver/versions/external/driver-program.ts'
import type { OutsideDriver } from '../../driver/versions/external/outside-driver.ts'
import type { RunSteps } from './run-stage.ts'

/** A run whose driver waits for its program's answer. */
interface Waiting {
  begin(): Promise<RunSteps<unknown>>
  steps: RunSteps<unknown>
  driver: OutsideDriver
  resolve(value: unknown): void
  reject(error: unknown): void
}

const parties = new Map<DriverProgram, Party>()

/**
 * Runs what `begin` makes, together with all other runs of this thread that the same program drives: it is asked for all of them at once. A run
 * is the same as alone: where the program fails in a frame of several, each of them is made once more and driven by itself, in a process of its
 * own, so that what fails is the case that it fails in. A run with a driver that needs no program ends before anything else happens.
 */
export async function runTogether<T>(begin: () => Promise<RunSteps<T>>): Promise<T> {
  const steps = await begin()
  const { done, value } = steps.next()
  if (done) return value
  const program = value.program as DriverProgram
  const party = parties.get(program) ?? new Party(program)
  parties.set(program, party)
  return new Promise<T>((resolve, reject) => {
    party.join({ begin, steps, driver: value, resolve: (result) => resolve(result as T), reject })
  })
}

/** The runs that one program drives. */
class Party {
  readonly #program: DriverProgram
  /** What the next frame is about. */
  #runs: Waiting[] = []
  /** What comes in while a run is alone. */
  #later: Waiting[] = []
  /** What is to be driven by itself, and whether something is. */
  #alone: Waiting[] = []
  #isAlone = false
  #isPlanned = false

  constructor(program: DriverProgram) {
    this.#program = program
  }

  join(run: Waiting): void {
    if (this.#isAlone || this.#alone.length > 0) this.#later.push(run)
    else this.#runs.push(run)
    this.#plan()
  }

  /** After what else there is to do: runs that have ended are told of, and others begin. */
  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    setImmediate(() => {
      this.#isPlanned = false
      this.#step()
    })
  }

  #step(): void {
    const runs = this.#runs
    if (runs.length === 0) return
    this.#runs = []
    try {
      this.#program.exchange(runs.map(({ driver }) => driver))
    } catch (error) {
      if (!(error instanceof DriverFailedError)) {
        for (const run of runs) {
          run.steps.return(undefined)
          run.reject(error)
        }
        if (this.#isAlone) void this.#beginAlone()
        return
      }
      if (!this.#isAlone) {
        // Their drivers are let go; what they have done is done again.
        for (const { steps } of runs) steps.return(undefined)
        this.#alone.push(...runs)
        return void this.#beginAlone()
      }
      for (const { driver } of runs) driver.fail(error.message)
    }
    for (const run of runs) this.#advance(run)
    if (this.#runs.length > 0) this.#plan()
    else if (this.#isAlone) void this.#beginAlone()
  }

  #advance(run: Waiting): void {
    try {
      const { done, value } = run.steps.next()
      if (done) return run.resolve(value)
      run.driver = value
      this.#runs.push(run)
    } catch (error) {
      run.reject(error)
    }
  }

  /** The next run that is driven by itself; the others again when there is none. */
  async #beginAlone(): Promise<void> {
    const run = this.#alone.shift()
    this.#isAlone = run !== undefined
    if (!run) {
      this.#runs = this.#later
      this.#later = []
      if (this.#runs.length > 0) this.#plan()
      return
    }
    this.#program.stop()
    try {
      run.steps = await run.begin()
    } catch (error) {
      run.reject(error)
      return this.#beginAlone()
    }
    this.#advance(run)
    if (this.#runs.length > 0) this.#plan()
    else return this.#beginAlone()
  }
}
