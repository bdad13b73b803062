import { statfs } from 'node:fs/promises'
import { diskFull } from '@heavylift/core'

const holdsMs = 1_000

/**
 * Refuses to store anything more before the disk is full to the last byte: what is under way then still has room to end, and so have
 * the database's own log and ours.
 */
export class DiskGuard {
  readonly #folder: string
  readonly #minFreeBytes: number
  #looked: { atMs: number; isFull: Promise<boolean> } | null = null

  constructor(folder: string, minFreeMb: number) {
    this.#folder = folder
    this.#minFreeBytes = minFreeMb * 1024 * 1024
  }

  /** Throws 507 while less is free than must be. */
  async check(): Promise<void> {
    const nowMs = performance.now()
    if (this.#looked === null || nowMs - this.#looked.atMs > holdsMs) {
      this.#looked = { atMs: nowMs, isFull: this.#isFull() }
    }
    if (await this.#looked.isFull) throw diskFull()
  }

  async #isFull(): Promise<boolean> {
    const disk = await statfs(this.#folder).catch(() => null)
    return disk !== null && disk.bavail * disk.bsize < this.#minFreeBytes
  }
}
