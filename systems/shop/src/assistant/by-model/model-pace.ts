import { quantile, sortNumbers } from '@heavylift/core/math'

/** So many of the last calls tell how long one takes. */
const remembered = 20
/** A call may take so many times what nine in ten took. */
const room = 1.5
const leastMs = 1_000

/** How long a model takes for prompts of this kind, by its last calls; and how long it is therefore worth to wait for one. */
export class ModelPace {
  readonly #times = new Map<string, number[]>()

  report(model: string, tookMs: number): void {
    this.#times.set(model, [...(this.#times.get(model) ?? []), tookMs].slice(-remembered))
  }

  /** What an examination found counts instead of what was known before. */
  restart(model: string, times: readonly number[]): void {
    this.#times.set(model, times.slice(-remembered))
  }

  /** Nine in ten of its calls were done within this; null where there was none. */
  usualMs(model: string): number | null {
    const times = this.#times.get(model) ?? []
    return times.length === 0 ? null : quantile(sortNumbers(times), 0.9)
  }

  /** How long to wait: what is usual with some room, and never longer than `mostMs`. */
  allowedMs(model: string, mostMs: number): number {
    const usual = this.usualMs(model)
    return usual === null ? mostMs : Math.min(mostMs, Math.max(leastMs, Math.round(usual * room)))
  }
}
