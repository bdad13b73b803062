import { HeavyliftError } from '@heavylift/core'
import { createEntry, type KeyedEntry } from './keyed-entry.ts'

const format = 1

interface Header {
  format: number
  offset: number
  /** JSON has no −Infinity: null. */
  watermarkMs: number | null
}

type Line = [
  key: string,
  watermarkMs: number | null,
  timers: [string, number][],
  hasState: boolean,
  saved: unknown,
]

/**
 * Writes a snapshot bit by bit while events go on: an entry that is about to change is written just before (`touch`), so
 * the whole is what held at `offset`. One JSON line a key, after a line for the whole.
 */
export class SnapshotWriter<State> {
  readonly offset: number
  readonly #number: number
  readonly #save: (state: State) => unknown
  readonly #entries: Iterator<KeyedEntry<State>>
  readonly #parts: Buffer[] = []
  #lines: string[] = []

  constructor(
    offset: number,
    watermarkMs: number,
    number: number,
    entries: Iterable<KeyedEntry<State>>,
    save: (state: State) => unknown,
  ) {
    this.offset = offset
    this.#number = number
    this.#save = save
    this.#entries = entries[Symbol.iterator]()
    const header: Header = { format, offset, watermarkMs: finiteOrNull(watermarkMs) }
    this.#lines.push(JSON.stringify(header))
  }

  /** Must be called before an entry changes or goes away. */
  touch(entry: KeyedEntry<State>): void {
    if (entry.snapshotNumber < this.#number) this.#write(entry)
  }

  /** Writes entries until `isOver` says so (asked every 16th). True when all are written. */
  step(isOver: () => boolean): boolean {
    for (let count = 1; ; count++) {
      const next = this.#entries.next()
      if (next.done) return true
      if (next.value.snapshotNumber < this.#number) this.#write(next.value)
      if (count % 16 === 0 && isOver()) return false
    }
  }

  bytes(): Uint8Array {
    this.#pack()
    return Buffer.concat(this.#parts)
  }

  #write(entry: KeyedEntry<State>): void {
    entry.snapshotNumber = this.#number
    const line: Line = [
      entry.key,
      finiteOrNull(entry.watermarkMs),
      entry.timers ? [...entry.timers] : [],
      entry.hasState,
      entry.hasState ? this.#save(entry.state as State) : null,
    ]
    this.#lines.push(JSON.stringify(line))
    if (this.#lines.length >= 256) this.#pack()
  }

  #pack(): void {
    if (this.#lines.length === 0) return
    this.#parts.push(Buffer.from(`${this.#lines.join('\n')}\n`))
    this.#lines = []
  }
}

/** Reads what `SnapshotWriter` wrote. Throws a `HeavyliftError` when it is of another format. */
export function readSnapshot<State>(
  bytes: Uint8Array,
  load: (saved: unknown) => State,
): { offset: number; watermarkMs: number; entries: Map<string, KeyedEntry<State>> } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: Header | null = null
  const entries = new Map<string, KeyedEntry<State>>()
  for (let from = 0; from < buffer.length;) {
    const to = buffer.indexOf(10, from)
    const parsed: unknown = JSON.parse(buffer.toString('utf8', from, to))
    from = to + 1
    if (header === null) {
      header = parsed as Header
      if (header.format !== format) break
      continue
    }
    const [key, watermarkMs, timers, hasState, saved] = parsed as Line
    const entry = createEntry<State>(key, 0)
    entry.watermarkMs = watermarkMs ?? -Infinity
    entry.timers = timers.length > 0 ? new Map(timers) : null
    entry.hasState = hasState
    if (hasState) entry.state = load(saved)
    entries.set(key, entry)
  }
  if (header?.format !== format) {
    throw new HeavyliftError({
      code: 'snapshot-format-unknown',
      message:
        'The snapshot was written by another release; raise the processor’s version to replay the topic instead.',
    })
  }
  return { offset: header.offset, watermarkMs: header.watermarkMs ?? -Infinity, entries }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
