import { Worker } from 'node:worker_threads'
import { HeavyliftError, TryLaterError } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import type { FloorPace } from './describe-floor.ts'
import type { FloorAnswer, FloorCommand } from './floor-commands.ts'
import type { FloorFrame, Keyframe, StepFrame } from './frames.ts'
import type { WarehouseOptions } from './made-warehouse.ts'

/** What a floor is made of. */
export interface FloorOrder {
  robots: number
  seed: string
  warehouse: WarehouseOptions
  /** Units of work of a step. */
  units: number
  isGuided: boolean
  pace: FloorPace
}

export type ToFloor =
  | { type: 'awake'; isAwake: boolean }
  | { type: 'command'; id: number; command: FloorCommand }
export type FromFloor =
  | { type: 'floor'; floor: FloorFrame }
  | { type: 'keyframe'; keyframe: Keyframe }
  | { type: 'step'; step: StepFrame }
  | { type: 'answer'; id: number; answer: FloorAnswer }
  | { type: 'refused'; id: number; code: string; status: number; message: string }

export type FloorEvent =
  | { event: 'floor'; data: FloorFrame }
  | { event: 'keyframe'; data: Keyframe }
  | { event: 'step'; data: StepFrame }

/** A floor that nobody looks at for so long sleeps. */
const sleepMs = 60_000
/** Events that wait for one who reads slowly; past it the oldest go, and a keyframe comes before the next. */
const mostWaiting = 60

/** A floor in its thread: begins when it is first asked for, sleeps while nobody looks, begins anew after a failure. */
export class FloorLink {
  readonly #order: FloorOrder
  readonly #log: Logger
  #worker: Worker | null = null
  #nextId = 1
  readonly #asked = new Map<
    number,
    { resolve: (answer: FloorAnswer) => void; reject: (error: Error) => void }
  >()
  #floor: FloorFrame | null = null
  #keyframe: Keyframe | null = null
  #since: StepFrame[] = []
  readonly #watchers = new Set<(event: FloorEvent) => void>()
  #sleep: NodeJS.Timeout | null = null
  #isClosed = false
  readonly #stopReason: () => Promise<string | null>

  /** @param stopReason of a stop that is latched; a floor that begins, or begins anew, then stands */
  constructor(
    order: FloorOrder,
    log: Logger,
    stopReason = (): Promise<string | null> => Promise.resolve(null),
  ) {
    this.#order = order
    this.#log = log
    this.#stopReason = stopReason
  }

  /** The last step; null before the first. */
  get last(): StepFrame | null {
    return this.#since.at(-1) ?? null
  }

  /** Begins, or goes on where it slept. */
  wake(): void {
    if (this.#isClosed) return
    if (this.#worker === null) this.#begin()
    else this.#say({ type: 'awake', isAwake: true })
    this.#sleepLater()
  }

  async ask(command: FloorCommand): Promise<FloorAnswer> {
    this.wake()
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject })
      this.#say({ type: 'command', id, command })
    })
  }

  /** The floor, where everybody is, and every step from then on, until the signal. */
  async *watch(signal: AbortSignal): AsyncGenerator<FloorEvent> {
    const waiting: FloorEvent[] = []
    let wakeUp = (): void => {}
    const hear = (event: FloorEvent): void => {
      if (waiting.length >= mostWaiting) waiting.splice(0, waiting.length, ...this.#now())
      waiting.push(event)
      wakeUp()
    }
    waiting.push(...this.#now())
    this.#watchers.add(hear)
    const stop = (): void => wakeUp()
    signal.addEventListener('abort', stop, { once: true })
    this.wake()
    try {
      while (!signal.aborted) {
        const next = waiting.shift()
        if (next) yield next
        else await new Promise<void>((resolve) => (wakeUp = resolve))
      }
    } finally {
      signal.removeEventListener('abort', stop)
      this.#watchers.delete(hear)
      this.#sleepLater()
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#sleep) clearTimeout(this.#sleep)
    await this.#worker?.terminate()
    this.#fail('The server is stopping.')
  }

  #now(): FloorEvent[] {
    if (this.#floor === null || this.#keyframe === null) return []
    return [
      { event: 'floor', data: this.#floor },
      { event: 'keyframe', data: this.#keyframe },
      ...this.#since
        .filter(({ step }) => step > this.#keyframe!.step)
        .map((data) => ({ event: 'step' as const, data })),
    ]
  }

  #begin(): void {
    const worker = new Worker(new URL('./floor-worker.ts', import.meta.url), {
      workerData: this.#order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    this.#worker = worker
    worker.unref()
    this.#stopReason().then(
      (reason) => {
        if (reason !== null)
          this.#say({ type: 'command', id: this.#nextId++, command: { type: 'stop', reason } })
      },
      (error: unknown) => this.#log.error({ error }, 'Whether the floor is stopped could not be read.'),
    )
    worker.on('message', (message: FromFloor) => this.#hear(message))
    worker.on('error', (error) => this.#log.error({ error }, 'The floor of robots failed; it begins anew.'))
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null
      this.#keyframe = null
      this.#since = []
      this.#fail('The floor failed and begins anew.')
      if (this.#watchers.size > 0 && !this.#isClosed) setTimeout(() => this.wake(), 1000).unref()
    })
  }

  #hear(message: FromFloor): void {
    if (message.type === 'answer' || message.type === 'refused') {
      const asked = this.#asked.get(message.id)
      this.#asked.delete(message.id)
      if (message.type === 'answer') asked?.resolve(message.answer)
      else asked?.reject(new HeavyliftError(message))
      return
    }
    const event: FloorEvent =
      message.type === 'floor'
        ? { event: 'floor', data: message.floor }
        : message.type === 'keyframe'
          ? { event: 'keyframe', data: message.keyframe }
          : { event: 'step', data: message.step }
    if (event.event === 'floor') this.#floor = event.data
    else if (event.event === 'keyframe') {
      this.#keyframe = event.data
      this.#since = this.#since.slice(-1)
    } else this.#since.push(event.data)
    for (const hear of this.#watchers) hear(event)
  }

  #say(message: ToFloor): void {
    this.#worker?.postMessage(message)
  }

  #fail(message: string): void {
    for (const { reject } of this.#asked.values())
      reject(new TryLaterError({ code: 'floor-restarts', message, status: 503, retryAfterSeconds: 3 }))
    this.#asked.clear()
  }

  #sleepLater(): void {
    if (this.#sleep) clearTimeout(this.#sleep)
    this.#sleep = setTimeout(() => {
      if (this.#watchers.size === 0) this.#say({ type: 'awake', isAwake: false })
      else this.#sleepLater()
    }, sleepMs).unref()
  }
}
