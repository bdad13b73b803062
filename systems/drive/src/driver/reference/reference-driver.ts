/** What a reference driver sees of one road user that may come into its way. Sides are those of the bodies. */
export interface CutInView {
  egoSpeedMps: number
  /** Along the ego's direction. */
  otherSpeedMps: number
  /** From the ego's front to the other's rear; negative beside it. */
  gapM: number
  /** Sideways between the bodies; negative where one is in the other's way. */
  clearM: number
  /** Sideways speed towards the ego's way; 0 where it keeps away or is in it. */
  closingMps: number
  /** How far the other's centre has come from the centre of its own lane towards the ego's way. */
  offCentreM: number
  /** Both bodies together. */
  lengthsM: number
}

/** A driver's longitudinal reaction, from a regulation or a paper. One instance watches one other road user through one run. */
export interface ReferenceDriver {
  /** Acceleration in m/s² until the next step, `stepS` from now: 0 or less. Nothing is kept of `view`. */
  step(view: Readonly<CutInView>, stepS: number): number
}

/** Time since something was first seen. It acts in the step that contains the moment at which the delay is over. */
export class ReactionClock {
  readonly #delayS: number
  #elapsedS = -1

  constructor(delayS: number) {
    this.#delayS = delayS
  }

  /** Call once a step while the cause is there; true from the step in which the delay is over. */
  hasPassed(stepS: number): boolean {
    this.#elapsedS = this.#elapsedS < 0 ? 0 : this.#elapsedS + stepS
    return this.#elapsedS + stepS > this.#delayS + 1e-9
  }

  get isRunning(): boolean {
    return this.#elapsedS >= 0
  }

  reset(): void {
    this.#elapsedS = -1
  }
}
