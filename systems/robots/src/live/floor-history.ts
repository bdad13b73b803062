import type { FloorFrame, Keyframe, StepFrame } from './frames.ts'
import { actionOf } from './pack-actions.ts'

/** Steps that can be looked back on. */
const keptSteps = 1200

interface KeptStep {
  step: number
  actions: Uint8Array
  changes: readonly number[]
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** Robots whose standing counts as waiting: they have somewhere to go. */
const wants = [false, true, true, true, false, false, false, true]

/**
 * What was seen of a floor, and what is shown of it: positions before a step and what each robot does in it. One number a robot holds all that the picture needs:
 * cell in bits 0 to 19, direction 20 and 21, action 22 and 23, state from 24.
 */
export class FloorHistory {
  readonly floor: FloorFrame
  readonly kinds: Uint8Array
  readonly words: Uint32Array<ArrayBuffer>
  /** How much robots have waited on each cell of late. */
  readonly heat: Float32Array
  /** The step whose motion is shown; 0 before the first. */
  shown = 0
  readonly #steps: KeptStep[] = []
  #keyframes: { step: number; states: Int32Array; status: Uint8Array }[] = []
  readonly #states: Int32Array
  readonly #status: Uint8Array
  /** Step after which `#states` hold. */
  #at = -1
  readonly #ahead: readonly number[]

  constructor(floor: FloorFrame) {
    this.floor = floor
    this.kinds = bytesOf(floor.kinds)
    this.words = new Uint32Array(floor.robots)
    this.heat = new Float32Array(this.kinds.length)
    this.#states = new Int32Array(floor.robots)
    this.#status = new Uint8Array(floor.robots)
    this.#ahead = [1, floor.columns, -1, -floor.columns]
  }

  /** First and last step that can be shown. */
  get range(): [first: number, last: number] {
    const first = this.#keyframes[0]?.step
    return first === undefined ? [0, 0] : [first + 1, this.#steps.at(-1)?.step ?? first]
  }

  keyframe({ step, states, status }: Keyframe): void {
    if (this.#keyframes.some((each) => each.step === step)) return
    const known = this.#keyframes.at(-1)
    // Steps in between were missed: what came before cannot be played on.
    if (known && (this.#steps.at(-1)?.step ?? known.step) < step) {
      this.#keyframes = []
      this.#steps.length = 0
      this.#at = -1
    }
    this.#keyframes.push({ step, states: new Int32Array(bytesOf(states).buffer), status: bytesOf(status) })
    const oldest = step - keptSteps
    while (this.#keyframes.length > 1 && this.#keyframes[1]!.step <= oldest) this.#keyframes.shift()
    const from = this.#keyframes[0]!.step
    while (this.#steps.length > 0 && this.#steps[0]!.step <= from) this.#steps.shift()
  }

  step({ step, actions, changes }: Omit<StepFrame, 'figures'>): void {
    if (step <= (this.#steps.at(-1)?.step ?? this.#keyframes.at(-1)?.step ?? 0)) return
    this.#steps.push({ step, actions: bytesOf(actions), changes })
  }

  /** Shows a step's motion; false where it cannot be. */
  show(step: number): boolean {
    if (step === this.shown) return true
    const kept = this.#steps[step - (this.#steps[0]?.step ?? 0)]
    if (kept === undefined) return false
    if (this.#at < 0 || this.#at >= step || this.#at < step - 40) {
      const from = this.#keyframes.findLast((each) => each.step < step)
      if (from === undefined) return false
      this.#states.set(from.states)
      this.#status.set(from.status)
      this.#at = from.step
    }
    while (this.#at < step - 1) this.#move(this.#steps[this.#at + 1 - this.#steps[0]!.step]!)
    this.#write(kept)
    this.#move(kept)
    this.shown = step
    return true
  }

  /** Cell of a robot as shown. */
  cellOf(robot: number): number {
    return this.words[robot]! & 0xfffff
  }

  /** Robot that stands or begins on a cell as shown, or -1. */
  robotAt(cell: number): number {
    return this.words.findIndex((word) => (word & 0xfffff) === cell)
  }

  #write({ actions, changes }: KeptStep): void {
    for (let at = 0; at < changes.length; at += 2) this.#status[changes[at]!] = changes[at + 1]!
    for (let cell = 0; cell < this.heat.length; cell++) this.heat[cell]! *= 0.985
    for (let robot = 0; robot < this.words.length; robot++) {
      const [state, action, status] = [this.#states[robot]!, actionOf(actions, robot), this.#status[robot]!]
      this.words[robot] = (state >> 2) | ((state & 3) << 20) | (action << 22) | (status << 24)
      if (action === 3 && wants[status]) this.heat[state >> 2]! += 1
    }
  }

  #move({ step, actions, changes }: KeptStep): void {
    for (let at = 0; at < changes.length; at += 2) this.#status[changes[at]!] = changes[at + 1]!
    for (let robot = 0; robot < this.words.length; robot++) {
      const state = this.#states[robot]!
      const action = actionOf(actions, robot)
      if (action === 0) this.#states[robot] = ((state >> 2) + this.#ahead[state & 3]!) * 4 + (state & 3)
      else if (action !== 3) this.#states[robot] = (state & ~3) | ((state + (action === 1 ? 1 : 3)) & 3)
    }
    this.#at = step
  }
}
