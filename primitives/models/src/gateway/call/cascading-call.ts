import type { Answer } from '../../cache/answer.ts'
import type { CascadeCheck } from './cascade-check.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import { HeldSink } from '../answer/held-sink.ts'
import type { RoutedCall } from './routed-call.ts'
import type { RunningCall } from './running-call.ts'
import type { Sink } from '../answer/sink.ts'

export interface CascadeSteps {
  check: CascadeCheck
  /** Asks the cheap model. */
  ask(routed: RoutedCall): RunningCall
  /** Asks the next model of the cascade; null when the table has lost it. */
  askNext(routed: RoutedCall): RunningCall | null
}

/**
 * A cheap model first: its answer is held, judged, and given when it will do. When it will not, or there is none, the
 * next model is asked and the client gets that answer as it comes. When that one refuses or fails before its first byte,
 * a whole answer of the cheap one is given after all: it is better than an error. Each model's call is metered by itself,
 * the second as `<id>.2`.
 */
export class CascadingCall implements RunningCall {
  readonly #log: GatewayParts['log']
  readonly #routed: RoutedCall
  readonly #steps: CascadeSteps
  readonly #held: HeldSink
  /** Undefined until the cheap model's answer has come to its clean end. */
  #answer: Answer | null | undefined
  #current: RunningCall
  #earlierCostMicros = 0
  #isCancelled = false

  constructor(log: GatewayParts['log'], routed: RoutedCall, steps: CascadeSteps) {
    this.#log = log
    this.#routed = routed
    this.#steps = steps
    this.#held = new HeldSink(routed.sink, () => this.#judge())
    this.#current = steps.ask({
      ...routed,
      sink: this.#held,
      onAnswer: (answer) => (this.#answer = answer),
    })
  }

  get costMicros(): number {
    return this.#earlierCostMicros + this.#current.costMicros
  }

  start(): void {
    this.#current.start()
  }

  cancel(): void {
    this.#isCancelled = true
    this.#current.cancel()
  }

  drained(): void {
    this.#current.drained()
  }

  #judge(): void {
    if (this.#isCancelled || this.#held.isReleased) return
    const reason = this.#problem()
    if (reason === null) {
      this.#routed.onAnswer?.(this.#answer ?? null)
      this.#giveHeld()
      return
    }
    this.#log.debug({ call: this.#routed.call.id, reason }, 'the next model of the cascade is asked')
    const { call } = this.#routed
    const next = this.#steps.askNext({
      ...this.#routed,
      sink: this.#answer === undefined ? this.#routed.sink : this.#orHeld(),
      // Its deadlines are its own.
      call: { ...call, id: nextId(call.id), arrivedMs: performance.now() },
    })
    if (!next) {
      this.#giveHeld()
      return
    }
    this.#earlierCostMicros = this.#current.costMicros
    this.#current = next
    next.start()
  }

  #problem(): string | null {
    if (this.#answer === undefined) return `status-${this.#held.status}`
    // What nobody here can read cannot be judged.
    if (this.#answer === null) return null
    const verdict = this.#steps.check(this.#answer.body)
    return verdict.isGoodEnough ? null : verdict.reason
  }

  /** The client's own, unless the next model does not answer. */
  #orHeld(): Sink {
    const { sink } = this.#routed
    let isRefused = false
    return {
      head: (status, headers) => {
        isRefused = status >= 400
        if (!isRefused) sink.head(status, headers)
      },
      write: (bytes) => isRefused || sink.write(bytes),
      end: () => (isRefused ? this.#giveHeld() : sink.end()),
    }
  }

  #giveHeld(): void {
    this.#held.release()
    this.#routed.sink.end()
  }
}

/** `call_x`, `call_x.2`, `call_x.3` … */
function nextId(id: string): string {
  const [first, count] = id.split('.')
  return `${first}.${Number(count ?? 1) + 1}`
}
