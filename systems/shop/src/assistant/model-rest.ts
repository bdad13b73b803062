import type { Clock } from '@heavylift/core'

/** Lets a model that was too slow for a shopper be for a while: the answers in between are the composer's, without a wait. */
export class ModelRest {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #restMs: number
  #untilMs = Number.NEGATIVE_INFINITY

  constructor(clock: Pick<Clock, 'monotonicMs'>, restMs = 20_000) {
    this.#clock = clock
    this.#restMs = restMs
  }

  get isResting(): boolean {
    return this.#clock.monotonicMs() < this.#untilMs
  }

  begin(): void {
    this.#untilMs = this.#clock.monotonicMs() + this.#restMs
  }
}
