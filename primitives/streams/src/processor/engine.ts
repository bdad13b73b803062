import type { LogEvent, LoggedEvent } from '../log/log.ts'
import { makeDeadLetter, type DeadLetter } from '../log/dead-letter.ts'
import { HandlerContext } from './handler-context.ts'
import { createEntry, type KeyedEntry } from './keyed-entry.ts'
import type { Processor, ProcessorEvent, ProcessorTimer } from './processor.ts'
import { readSnapshot, SnapshotWriter } from './snapshot.ts'
import { TimerQueue } from './timer-queue.ts'

/** After a handler has thrown, the state is copied before each of so many calls, so that the next error is undone at once. */
const carefulCalls = 1000

/**
 * Thrown by `apply` when a handler threw and no copy of its state from before is at hand: the owner loads the last snapshot,
 * applies the events since (`isMuted`), and then the same event again; the engine now knows which call to leave out.
 */
export class RebuildNeeded extends Error {}

/**
 * Runs a processor over events, one after the other, in memory and without a clock: the same events give the same outputs
 * in the same order, whatever the batches and wherever it was saved and loaded in between.
 *
 * For each event: decode; too late → dead letter; move the watermark; fire timers due, soonest first; `onEvent`; fire timers
 * that it set into the past.
 */
export class Engine<In, State, Out> {
  /** Outputs and dead letters since the owner last took them, in order. */
  outputs: LogEvent[] = []
  deadLetters: LogEvent[] = []
  lateEvents = 0
  /** Outputs, dead letters and counts are left out: for events that were applied before. */
  isMuted = false
  readonly #processor: Processor<In, State, Out>
  readonly #latenessMs: number
  readonly #outOfOrderMs: number
  readonly #isPerKey: boolean
  readonly #context: HandlerContext<In, State, Out>
  #entries = new Map<string, KeyedEntry<State>>()
  #watermarkMs = -Infinity
  readonly #timers = new TimerQueue()
  #liveTimers = 0
  #snapshot: SnapshotWriter<State> | null = null
  #snapshotNumber = 0
  /** Calls that threw since the snapshot that a rebuild would begin from: they are left out. */
  readonly #failed = new Map<string, { offset: number; error: unknown }>()
  #careful = 0
  /** Which call of the event in hand it is: with the offset, the same name in every replay. */
  #callIndex = 0

  constructor(processor: Processor<In, State, Out>) {
    this.#processor = processor
    this.#latenessMs = processor.allowedLatenessMs ?? 0
    this.#outOfOrderMs = processor.maxOutOfOrderMs ?? 0
    this.#isPerKey = processor.watermarkPer === 'key'
    this.#context = new HandlerContext(processor)
  }

  get watermarkMs(): number {
    return this.#watermarkMs
  }

  /** Throws `RebuildNeeded` (see there) and nothing else. */
  apply(event: LoggedEvent): void {
    const outputs = this.outputs.length
    const deadLetters = this.deadLetters.length
    try {
      this.#process(event)
    } catch (error) {
      this.outputs.length = outputs
      this.deadLetters.length = deadLetters
      throw error
    }
  }

  /** Begins anew from a snapshot, or from nothing. Failures known stay known. */
  load(bytes: Uint8Array | null): void {
    const { watermarkMs, entries } = bytes
      ? readSnapshot(bytes, (saved) => this.#loadState(saved))
      : { watermarkMs: -Infinity, entries: new Map<string, KeyedEntry<State>>() }
    this.#entries = entries
    this.#watermarkMs = watermarkMs
    this.#snapshot = null
    this.#snapshotNumber = 0
    this.#queueTimers()
  }

  /** Takes what holds now, after the event at `offset`, while further events are applied; call `step`, then `endSnapshot`. */
  beginSnapshot(offset: number): SnapshotWriter<State> {
    this.#snapshotNumber++
    this.#snapshot = new SnapshotWriter(
      offset,
      this.#watermarkMs,
      this.#snapshotNumber,
      this.#entries.values(),
      (state) => this.#saveState(state),
    )
    return this.#snapshot
  }

  /** The snapshot at `offset` is whole and is what a rebuild begins from. */
  endSnapshot(offset: number): void {
    this.#snapshot = null
    for (const [call, failure] of this.#failed) if (failure.offset <= offset) this.#failed.delete(call)
  }

  /** The owner has rebuilt the state after `RebuildNeeded`. */
  endRebuild(): void {
    this.#careful = carefulCalls
  }

  #process(event: LoggedEvent): void {
    this.#callIndex = 0
    const at = event.eventTimeMs
    let value: In
    try {
      if (!Number.isFinite(at)) throw new Error(`The event's time is ${at}, which is no time.`)
      value = this.#processor.input.codec.decode(event.payload, event.schemaVersion)
    } catch (error) {
      this.#bury(event, 'undecodable', error)
      return
    }
    const before = this.#isPerKey
      ? (this.#entries.get(event.key)?.watermarkMs ?? -Infinity)
      : this.#watermarkMs
    const isLate = at < before
    if (isLate && at < before - this.#latenessMs) {
      this.#bury(
        event,
        'too-late',
        new Error(`It came ${before - at} ms behind the watermark; ${this.#latenessMs} ms are allowed.`),
      )
      if (!this.isMuted) this.lateEvents++
      return
    }
    const watermarkMs = Math.max(before, at - this.#outOfOrderMs)
    if (watermarkMs > this.#watermarkMs) this.#watermarkMs = watermarkMs
    this.#advance(event, watermarkMs)
    const entry = this.#open(event.key)
    if (this.#isPerKey) entry.watermarkMs = watermarkMs
    this.#call(
      entry,
      event,
      watermarkMs,
      { id: event.id, key: event.key, eventTimeMs: at, offset: event.offset, value, isLate },
      null,
    )
    this.#advance(event, watermarkMs)
    if (isLate && !this.isMuted) this.lateEvents++
  }

  /** Fires the timers that are due at `watermarkMs`: of all keys, or of the event's key only. */
  #advance(cause: LoggedEvent, watermarkMs: number): void {
    if (this.#isPerKey) {
      for (;;) {
        const entry = this.#entries.get(cause.key)
        const timer = entry && soonest(entry)
        if (!timer || timer.atMs > watermarkMs) return
        this.#fire(entry, timer, cause, watermarkMs)
      }
    }
    while (this.#timers.nextAtMs <= watermarkMs) {
      const timer = this.#timers.pop()!
      const entry = this.#entries.get(timer.key)
      // A timer that was moved or cleared stays in the queue until it comes up.
      if (entry?.timers?.get(timer.name) !== timer.atMs) continue
      this.#fire(entry, timer, cause, watermarkMs)
    }
  }

  #fire(entry: KeyedEntry<State>, timer: ProcessorTimer, cause: LoggedEvent, watermarkMs: number): void {
    this.#snapshot?.touch(entry)
    entry.timers!.delete(timer.name)
    this.#liveTimers--
    if (this.#isPerKey) entry.watermarkMs = watermarkMs
    this.#call(entry, cause, watermarkMs, null, timer)
  }

  /** Calls `onEvent` (with `event`) or `onTimer` (with `timer`) and takes over what it wants; undoes all when it throws. */
  #call(
    entry: KeyedEntry<State>,
    cause: LoggedEvent,
    watermarkMs: number,
    event: ProcessorEvent<In> | null,
    timer: ProcessorTimer | null,
  ): void {
    this.#callIndex++
    if (this.#failed.size > 0) {
      const failure = this.#failed.get(this.#callName(cause))
      if (failure) {
        this.#bury(cause, timer ? 'timer-failed' : 'event-failed', failure.error, timer)
        return
      }
    }
    const context = this.#context
    const copy =
      this.#careful > 0 && entry.hasState ? JSON.stringify(this.#saveState(entry.state as State)) : null
    const hadState = entry.hasState
    context.begin(entry.key, watermarkMs, timer ? timer.atMs : -Infinity)
    try {
      if (!hadState) {
        entry.state = this.#processor.createState(entry.key)
        entry.hasState = true
      }
      context.state = entry.state as State
      if (event) this.#processor.onEvent(event, context)
      else this.#processor.onTimer?.(timer!, context)
    } catch (error) {
      if (hadState && copy === null) {
        this.#failed.set(this.#callName(cause), { offset: cause.offset, error })
        throw new RebuildNeeded('A handler threw; load the last snapshot and apply again.', { cause: error })
      }
      entry.hasState = hadState
      entry.state = copy === null ? undefined : this.#loadState(JSON.parse(copy))
      this.#careful = carefulCalls
      this.#bury(cause, timer ? 'timer-failed' : 'event-failed', error, timer)
      return
    }
    if (this.#careful > 0) this.#careful--
    this.#takeOver(entry)
  }

  #takeOver(entry: KeyedEntry<State>): void {
    const { emitted, timers, isDropped } = this.#context
    if (!this.isMuted) for (const output of emitted) this.outputs.push(output)
    if (isDropped) {
      this.#liveTimers -= entry.timers?.size ?? 0
      entry.timers = null
      entry.hasState = false
      entry.state = undefined
      // A watermark of its own must outlive the state: else an old event would come as if it were the key's first.
      if (!this.#isPerKey) this.#entries.delete(entry.key)
      return
    }
    for (const { name, atMs } of timers) {
      if (entry.timers?.get(name) === atMs) continue
      if (entry.timers?.delete(name)) this.#liveTimers--
      if (atMs === null) continue
      entry.timers ??= new Map()
      entry.timers.set(name, atMs)
      this.#liveTimers++
      if (!this.#isPerKey) this.#timers.push({ key: entry.key, name, atMs })
    }
    if (this.#timers.size > 2 * this.#liveTimers + 1024) this.#queueTimers()
  }

  /** The key's entry, made if need be, and written to the snapshot in progress since it is about to change. */
  #open(key: string): KeyedEntry<State> {
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      entry = createEntry(key, this.#snapshotNumber)
      this.#entries.set(key, entry)
    } else {
      this.#snapshot?.touch(entry)
    }
    return entry
  }

  #bury(
    event: LoggedEvent,
    kind: DeadLetter['kind'],
    reason: unknown,
    timer: ProcessorTimer | null = null,
  ): void {
    if (this.isMuted) return
    const { name, input } = this.#processor
    this.deadLetters.push(makeDeadLetter(input.topic, event, name, kind, reason, timer))
  }

  #callName(cause: LoggedEvent): string {
    return `${cause.offset}:${this.#callIndex}`
  }

  #queueTimers(): void {
    this.#timers.clear()
    this.#liveTimers = 0
    for (const entry of this.#entries.values()) {
      if (entry.timers === null) continue
      this.#liveTimers += entry.timers.size
      if (this.#isPerKey) continue
      for (const [name, atMs] of entry.timers) this.#timers.push({ key: entry.key, name, atMs })
    }
  }

  #saveState(state: State): unknown {
    return this.#processor.saveState ? this.#processor.saveState(state) : state
  }

  #loadState(saved: unknown): State {
    return this.#processor.loadState ? this.#processor.loadState(saved) : (saved as State)
  }
}

function soonest(entry: KeyedEntry<unknown>): ProcessorTimer | null {
  let name: string | null = null
  let atMs = Infinity
  for (const [otherName, otherMs] of entry.timers ?? []) {
    if (otherMs > atMs || (otherMs === atMs && name !== null && otherName > name)) continue
    name = otherName
    atMs = otherMs
  }
  return name === null ? null : { key: entry.key, name, atMs }
}
