import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { LogCorruptError, StreamUnavailableError } from '../stream-errors.ts'
import type { SavedPosition } from './acknowledged.ts'

const savedPosition = z.object({ floor: z.number().int(), above: z.array(z.number().int()) })

/** The group's position, or undefined where it has none yet. Throws a `LogCorruptError` on a file that is not one. */
export async function readPosition(path: string): Promise<SavedPosition | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return undefined
  try {
    return savedPosition.parse(JSON.parse(text))
  } catch {
    throw new LogCorruptError({
      message: `${path} does not hold the position of a group. Remove it to hand every event out again.`,
      details: { path },
    })
  }
}

/** Saves positions one after another, each whole or not at all; callers that come while one is written share the next. */
export class PositionWriter {
  readonly #path: string
  readonly #isSynced: boolean
  readonly #position: () => SavedPosition
  #running: Promise<void> | null = null
  #following: Promise<void> | null = null

  constructor(path: string, isSynced: boolean, position: () => SavedPosition) {
    this.#path = path
    this.#isSynced = isSynced
    this.#position = position
  }

  /** Resolves when a position as it is now, or a later one, is in the file. */
  save(): Promise<void> {
    if (this.#running === null) return (this.#running = this.#write())
    return (this.#following ??= this.#running.then(
      () => this.#writeNext(),
      () => this.#writeNext(),
    ))
  }

  /** Resolves when nothing is being saved any more. */
  async settled(): Promise<void> {
    while (this.#running !== null) await (this.#following ?? this.#running).catch(() => {})
  }

  #writeNext(): Promise<void> {
    this.#following = null
    return (this.#running = this.#write())
  }

  async #write(): Promise<void> {
    // Acknowledgements of the same turn share one file.
    await Promise.resolve()
    try {
      await mkdir(dirname(this.#path), { recursive: true })
      const file = await open(`${this.#path}.new`, 'w')
      try {
        await file.writeFile(JSON.stringify(this.#position()))
        if (this.#isSynced) await file.datasync()
      } finally {
        await file.close()
      }
      await rename(`${this.#path}.new`, this.#path)
    } catch (cause) {
      throw new StreamUnavailableError({
        message: `The position of a consumer group could not be saved to ${this.#path}. Check the disk's space and health.`,
        cause,
      })
    } finally {
      if (this.#following === null) this.#running = null
    }
  }
}
