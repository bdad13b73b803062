import { Wakeup } from '@heavylift/core/async'
import { createInbox, nanos, type Msg, type Subscription } from '@nats-io/transport-node'
import type { Link } from './link.ts'

const expiresMs = 20_000
const heartbeatMs = 150
/** Without a message or a heartbeat for so long, the consumer is taken for lost. */
const silenceMs = 450
const tickMs = 50

/**
 * The requests for messages of one pull consumer, one at a time, and what has come. `isLost` is set when the consumer is
 * gone, its leader has changed or nothing was heard of it; the owner then makes another.
 */
export class PullRequests {
  readonly #link: Link
  readonly #unlisten: () => void
  readonly #subject: string
  readonly #inbox = createInbox()
  readonly #answers: Subscription
  readonly #timer: NodeJS.Timeout
  #messages: Msg[] = []
  #wanted = 0
  #heardAtMs = 0
  #tickedAtMs = performance.now()
  readonly #changed = new Wakeup()
  isLost = false
  /** The last request ended because there was nothing for it. */
  hasExpired = false

  constructor(link: Link, stream: string, consumer: string) {
    this.#link = link
    this.#subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`
    this.#answers = link.connection.subscribe(this.#inbox, {
      callback: (error, message) => {
        if (error === null) this.#received(message)
      },
    })
    this.#timer = setInterval(() => this.#watch(), tickMs)
    this.#timer.unref()
    this.#unlisten = link.onChange(() => this.#lose())
  }

  /** Messages that were asked for and have not come yet. */
  get wanted(): number {
    return this.#wanted
  }
  get waiting(): number {
    return this.#messages.length
  }

  /** Asks for up to `batch` messages unless a request is running. */
  pull(batch: number): void {
    if (this.#wanted > 0 || this.isLost) return
    this.#wanted = batch
    this.hasExpired = false
    this.#heardAtMs = performance.now()
    const request = { batch, expires: nanos(expiresMs), idle_heartbeat: nanos(heartbeatMs) }
    this.#link.connection.publish(this.#subject, JSON.stringify(request), { reply: this.#inbox })
  }

  take(most: number): Msg[] {
    return this.#messages.splice(0, most)
  }

  /** Resolves when there are messages, when a request ended, when the consumer is lost, or when `signal` aborts. */
  async changed(signal: AbortSignal): Promise<void> {
    if (this.#messages.length > 0 || this.isLost || this.#wanted === 0 || signal.aborted) return
    await this.#changed.wait({ signal })
  }

  close(): void {
    clearInterval(this.#timer)
    this.#unlisten()
    this.#answers.unsubscribe()
    this.isLost = true
    this.#changed.wake()
  }

  #received(message: Msg): void {
    this.#heardAtMs = performance.now()
    const code = message.headers?.code ?? 0
    if (code === 0) {
      this.#messages.push(message)
      if (this.#wanted > 0) this.#wanted -= 1
      this.#changed.wake()
    } else if (code === 404 || code === 408) {
      this.#wanted = 0
      this.hasExpired = true
      this.#changed.wake()
    } else if (code !== 100) {
      // 409: deleted, or another leader. 503: nobody answers for it. 400: the server does not take the request.
      this.#lose()
    }
  }

  #watch(): void {
    const now = performance.now()
    // When this process itself stood still, nothing could be heard.
    if (now - this.#tickedAtMs > 2 * tickMs) this.#heardAtMs = Math.max(this.#heardAtMs, now - heartbeatMs)
    this.#tickedAtMs = now
    if (this.#wanted > 0 && now - this.#heardAtMs > silenceMs) this.#lose()
  }

  #lose(): void {
    this.isLost = true
    this.#wanted = 0
    this.#changed.wake()
  }
}
