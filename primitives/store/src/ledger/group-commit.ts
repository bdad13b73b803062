/**
 * Gathers single writes that come close together into one batch: a write waits while the batch before it is being
 * written, never longer. Each caller's promise settles with its own batch, so nothing is called done before it is.
 */
export class GroupCommit<Row> {
  readonly #write: (rows: Row[]) => Promise<void>
  readonly #maxRows: number
  #pending: { row: Row; resolve: () => void; reject: (error: unknown) => void }[] = []
  #running: Promise<void> | null = null

  constructor(write: (rows: Row[]) => Promise<void>, maxRows = 1000) {
    this.#write = write
    this.#maxRows = maxRows
  }

  add(row: Row): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ row, resolve, reject })
      this.#running ??= this.#drain()
    })
  }

  /** Resolves when everything that was added has been written or has failed. */
  async flush(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets calls made together share the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, this.#maxRows)
      try {
        await this.#write(batch.map(({ row }) => row))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#running = null
  }
}
