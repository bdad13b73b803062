import type { Snapshot, StateStore } from './state-store.ts'

/** Keeps snapshots for as long as the process runs: for replays, and where the log is replayed from its start anyway. */
export class MemoryStateStore implements StateStore {
  readonly #snapshots = new Map<string, Snapshot>()

  async load(name: string, version: number): Promise<Snapshot | null> {
    return this.#snapshots.get(`${name}@${version}`) ?? null
  }

  async save(name: string, version: number, offset: number, bytes: Uint8Array): Promise<void> {
    const held = this.#snapshots.get(`${name}@${version}`)
    if (held && held.offset >= offset) return
    this.#snapshots.set(`${name}@${version}`, { offset, bytes })
  }
}
