import { createInbox, type Msg, type Subscription } from '@nats-io/transport-node'
import type { Appended, LogEvent } from '../log.ts'
import { logClosed } from '../stream-errors.ts'
import { createUnavailableError } from './api-retry.ts'
import type { Link } from './link.ts'
import { writeHeaders } from './message-codec.ts'

export interface PublisherOptions {
  /** Messages on their way at once, at most. */
  windowMessages: number
  windowBytes: number
  /** A message without an answer is sent again after so long; doubled while the stream stays away. */
  ackTimeoutMs: number
  /** An append that is not safe after so long is rejected. */
  deadlineMs: number
}

/** One event on its way: `queued`, then `sent` (it has a token), then answered. A failed one is queued again in its place. */
interface Item {
  event: LogEvent
  order: number
  append: PendingAppend
  index: number
  /** The same id in this process behind this one; answered as duplicates of it. */
  followers: { append: PendingAppend; index: number }[]
  sentAtMs: number
}

interface PendingAppend {
  results: Appended[]
  left: number
  isSettled: boolean
  deadlineAtMs: number
  resolve: (results: Appended[]) => void
  reject: (error: unknown) => void
}

const tickMs = 50
const longestAckTimeoutMs = 4000

/**
 * Publishes the events of one topic in order, a window of them at a time. When one of the window is not acknowledged
 * nothing new goes out until the others are answered; then all that failed go out again in their order, with the same ids.
 */
export class Publisher {
  readonly #link: Link
  readonly #unlisten: () => void
  readonly #subject: string
  readonly #options: PublisherOptions
  readonly #inbox = createInbox()
  readonly #answers: Subscription
  readonly #timer: NodeJS.Timeout
  #queue: Item[] = []
  #queueAt = 0
  #failed: Item[] = []
  readonly #sent = new Map<string, Item>()
  readonly #byId = new Map<string, Item>()
  #sentBytes = 0
  #tokens = 0
  #orders = 0
  #timeouts = 0
  #resumeAtMs = 0
  #lastFailure: unknown = null
  #isClosed = false

  constructor(link: Link, subject: string, options: PublisherOptions) {
    this.#link = link
    this.#subject = subject
    this.#options = options
    this.#answers = link.connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.#answered(message)
      },
    })
    this.#timer = setInterval(() => this.#tick(), tickMs)
    this.#timer.unref()
    this.#unlisten = link.onChange(() => this.#linkChanged())
  }

  append(events: readonly LogEvent[]): Promise<Appended[]> {
    if (this.#isClosed) return Promise.reject(logClosed())
    if (events.length === 0) return Promise.resolve([])
    return new Promise((resolve, reject) => {
      const deadlineAtMs = performance.now() + this.#options.deadlineMs
      const append: PendingAppend = {
        results: [],
        left: events.length,
        isSettled: false,
        deadlineAtMs,
        resolve,
        reject,
      }
      for (const [index, event] of events.entries()) {
        const first = this.#byId.get(event.id)
        // The server answers a duplicate of what it is still storing with sequence 0, so it is not asked.
        if (first !== undefined) {
          first.followers.push({ append, index })
          continue
        }
        const item: Item = { event, order: this.#orders++, append, index, followers: [], sentAtMs: 0 }
        this.#byId.set(event.id, item)
        this.#queue.push(item)
      }
      this.#send()
    })
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#unlisten()
    this.#answers.unsubscribe()
    for (const item of this.#byId.values()) this.#reject(item, logClosed())
  }

  #send(): void {
    if (this.#failed.length > 0 || performance.now() < this.#resumeAtMs) return
    if (this.#isClosed || !this.#link.isUp) return
    const { windowMessages, windowBytes } = this.#options
    while (
      this.#queueAt < this.#queue.length &&
      this.#sent.size < windowMessages &&
      this.#sentBytes < windowBytes
    ) {
      const item = this.#queue[this.#queueAt++]!
      const token = String(this.#tokens++)
      item.sentAtMs = performance.now()
      this.#sent.set(token, item)
      this.#sentBytes += item.event.payload.length
      this.#link.connection.publish(this.#subject, item.event.payload, {
        headers: writeHeaders(item.event),
        reply: `${this.#inbox}.${token}`,
      })
    }
    if (this.#queueAt === this.#queue.length) {
      this.#queue = []
      this.#queueAt = 0
    }
  }

  /** The answers to what was sent over a lost connection do not come any more. */
  #linkChanged(): void {
    if (!this.#link.isUp) {
      for (const [token, item] of this.#sent) {
        this.#take(token, item)
        this.#fail(item, 'connection lost')
      }
      this.#resumeWhenAnswered()
    }
    this.#send()
  }

  #answered(message: Msg): void {
    const token = message.subject.slice(this.#inbox.length + 1)
    const item = this.#sent.get(token)
    if (item === undefined) return
    this.#take(token, item)
    const answer = readAnswer(message)
    if (typeof answer === 'string') this.#fail(item, answer)
    else {
      this.#timeouts = 0
      this.#byId.delete(item.event.id)
      settle(item.append, item.index, answer)
      for (const { append, index } of item.followers) settle(append, index, { ...answer, duplicate: true })
    }
    this.#resumeWhenAnswered()
    this.#send()
  }

  #tick(): void {
    const now = performance.now()
    const timeoutMs = Math.min(longestAckTimeoutMs, this.#options.ackTimeoutMs * 2 ** this.#timeouts)
    let hasTimedOut = false
    for (const [token, item] of this.#sent) {
      if (now - item.sentAtMs < timeoutMs) continue
      hasTimedOut = true
      this.#take(token, item)
      this.#fail(item, 'no acknowledgement')
    }
    if (hasTimedOut) this.#timeouts += 1
    for (const item of this.#byId.values()) {
      for (const { append } of [item, ...item.followers]) if (now > append.deadlineAtMs) this.#giveUp(append)
    }
    this.#resumeWhenAnswered()
    this.#send()
  }

  #take(token: string, item: Item): void {
    this.#sent.delete(token)
    this.#sentBytes -= item.event.payload.length
  }

  #fail(item: Item, why: string): void {
    this.#lastFailure = why
    if (item.append.isSettled && item.followers.every(({ append }) => append.isSettled)) {
      this.#byId.delete(item.event.id)
    } else this.#failed.push(item)
  }

  #resumeWhenAnswered(): void {
    if (this.#failed.length === 0 || this.#sent.size > 0) return
    const again = this.#failed.sort((a, b) => a.order - b.order)
    this.#failed = []
    this.#queue = [...again, ...this.#queue.slice(this.#queueAt)]
    this.#queueAt = 0
    this.#resumeAtMs = performance.now() + tickMs
  }

  /** Rejects an append at its deadline. What of it was not sent goes no more; what was may still be stored. */
  #giveUp(append: PendingAppend): void {
    if (append.isSettled) return
    append.isSettled = true
    append.reject(createUnavailableError(this.#options.deadlineMs, this.#lastFailure ?? 'no acknowledgement'))
    const isWanted = (item: Item) =>
      !item.append.isSettled || item.followers.some((follower) => !follower.append.isSettled)
    const unwanted = [...this.#queue.slice(this.#queueAt), ...this.#failed].filter((item) => !isWanted(item))
    for (const item of unwanted) this.#byId.delete(item.event.id)
    this.#queue = this.#queue.slice(this.#queueAt).filter(isWanted)
    this.#queueAt = 0
    this.#failed = this.#failed.filter(isWanted)
  }

  #reject(item: Item, error: unknown): void {
    for (const { append } of [item, ...item.followers]) {
      if (append.isSettled) continue
      append.isSettled = true
      append.reject(error)
    }
  }
}

function settle(append: PendingAppend, index: number, appended: Appended): void {
  append.results[index] = appended
  if (--append.left > 0 || append.isSettled) return
  append.isSettled = true
  append.resolve(append.results)
}

/** What the server says of a publish: where it is stored, or why it is not (a string). */
function readAnswer(message: Msg): Appended | string {
  if (message.headers?.code === 503) return 'no responders'
  try {
    const answer = message.json<{ seq?: number; duplicate?: boolean; error?: { description?: string } }>()
    if (answer.error !== undefined) return answer.error.description ?? 'refused'
    // Sequence 0 is the answer to a duplicate of a message that is not yet stored: nothing is promised by it.
    if (answer.seq === undefined || answer.seq === 0) return 'not yet stored'
    return { offset: answer.seq, duplicate: answer.duplicate ?? false }
  } catch {
    return 'an answer that is not one'
  }
}
