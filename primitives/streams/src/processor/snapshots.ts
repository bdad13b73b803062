import type { Clock, Logger } from '@heavylift/core'
import type { StateStore } from '../state/state-store.ts'
import type { SnapshotWriter } from './snapshot.ts'

/** Time that a snapshot may take from the stream between two batches. */
const stepMs = 4

interface SnapshotsOptions<State> {
  engine: {
    load(bytes: Uint8Array | null): void
    beginSnapshot(offset: number): SnapshotWriter<State>
    endSnapshot(offset: number): void
  }
  states: StateStore
  name: string
  version: number
  every: { events?: number; ms?: number }
  clock: Clock
  logger: Logger
}

/**
 * When snapshots are taken and where they go. One is written in steps while events go on (`step`), then saved in the
 * background; the next begins only after that. The last whole one is kept in memory too: failed events are undone from it.
 */
export class Snapshots<State> {
  readonly #options: SnapshotsOptions<State>
  readonly #everyEvents: number
  readonly #everyMs: number
  #base: { offset: number; bytes: Uint8Array | null } = { offset: 0, bytes: null }
  #savedOffset = 0
  #writer: SnapshotWriter<State> | null = null
  #saving: Promise<void> | null = null
  #events = 0
  #lastMs: number
  #isAbandoned = false

  constructor(options: SnapshotsOptions<State>) {
    this.#options = options
    this.#everyEvents = options.every.events ?? 100_000
    this.#everyMs = options.every.ms ?? 5000
    this.#lastMs = options.clock.monotonicMs()
  }

  /** Puts the engine to the newest snapshot; resolves to its offset, 0 without one. */
  async restore(): Promise<number> {
    const { states, name, version } = this.#options
    const snapshot = await states.load(name, version)
    if (snapshot) this.#base = snapshot
    this.#savedOffset = this.#base.offset
    return this.reload()
  }

  /** Puts the engine back to the last whole snapshot; returns its offset. */
  reload(): number {
    this.#writer = null
    this.#options.engine.load(this.#base.bytes)
    return this.#base.offset
  }

  /** To be told after each batch whose outputs are safe, and now and then when none comes. Begins a snapshot when it is time. */
  after(position: number, events: number): void {
    this.#events += events
    if (this.#writer !== null || this.#saving !== null || position <= this.#base.offset) return
    const nowMs = this.#options.clock.monotonicMs()
    if (this.#events < this.#everyEvents && nowMs - this.#lastMs < this.#everyMs) return
    this.#begin(position)
  }

  /** Works on the snapshot in progress for 4 ms at most; true while there is more to do. */
  step(): boolean {
    if (this.#writer === null) return false
    const { clock } = this.#options
    const untilMs = clock.monotonicMs() + stepMs
    if (!this.#writer.step(() => clock.monotonicMs() >= untilMs)) return true
    this.#complete()
    return false
  }

  /** The engine is not at a position whose outputs are safe: nothing of it may be saved any more. */
  abandon(): void {
    this.#isAbandoned = true
  }

  /** Takes a last snapshot and resolves when it is safe, or could not be saved. */
  async finish(position: number): Promise<void> {
    await this.#saving
    if (this.#isAbandoned || position <= this.#savedOffset) return
    this.#begin(position)
    this.#writer!.step(() => false)
    this.#complete()
    await this.#saving
  }

  #begin(position: number): void {
    this.#events = 0
    this.#lastMs = this.#options.clock.monotonicMs()
    this.#writer = this.#options.engine.beginSnapshot(position)
  }

  #complete(): void {
    const offset = this.#writer!.offset
    const bytes = this.#writer!.bytes()
    this.#writer = null
    this.#base = { offset, bytes }
    this.#options.engine.endSnapshot(offset)
    this.#saving = this.#save(offset, bytes)
  }

  async #save(offset: number, bytes: Uint8Array): Promise<void> {
    const { states, name, version, logger } = this.#options
    try {
      await states.save(name, version, offset, bytes)
      this.#savedOffset = offset
    } catch (error) {
      logger.warn({ err: error, offset }, 'a snapshot could not be saved; the next one is tried in its time')
    } finally {
      this.#saving = null
    }
  }
}
