import { Wakeup } from '@heavylift/core/async'
import { partitionPoint } from '@heavylift/core/math'
import type { Log, LoggedEvent } from '@heavylift/streams'
import type { LiveOutput } from '../../domain/live-output.ts'
import { matchKey } from '../../domain/match-key.ts'
import { outputCodec } from '../codecs.ts'
import { outputTopic } from '../topics.ts'

/** `cursor` is the output's offset in the log: the same in every server, so a client may go on at another one. */
export interface HubEntry {
  cursor: number
  output: LiveOutput
}

/** Outputs kept in memory of each match; a client further behind reads from the log. */
const entriesKept = 4_000
/** Outputs read at start, so that a fresh server knows what stands. */
const readBack = 50_000

interface MatchFeed {
  /** By cursor, newest last: all of this match after `keptFrom`. */
  entries: HubEntry[]
  keptFrom: number
  /** Newest word of each kind and subject. */
  latest: Map<string, HubEntry>
}

/**
 * One follower of the output topic for all clients of a server. Each client reads at its own pace from what the hub
 * keeps, and further back from the log, so a slow client holds nobody up and misses nothing.
 */
export class OutputHub {
  readonly #log: Log
  readonly #matches = new Map<string, MatchFeed>()
  #position = 0
  /** The hub has seen everything after this cursor. */
  #start = 0
  readonly #changed = new Wakeup()

  constructor(log: Log) {
    this.#log = log
  }

  /** Follows until `signal` aborts. Resolves `ready` once what was there has been read. */
  async run(signal: AbortSignal, ready: () => void): Promise<void> {
    const { first, next } = await this.#log.range(outputTopic)
    const fromOffset = Math.max(first, next - readBack)
    this.#start = fromOffset - 1
    this.#position = this.#start
    if (next <= fromOffset) ready()
    for await (const batch of this.#log.read(outputTopic, { fromOffset, until: 'follow', signal })) {
      for (const event of batch) this.#take(event)
      if (this.#position >= next - 1) ready()
      this.#changed.wake()
    }
  }

  /** Newest cursor; outputs up to it have been seen. */
  get position(): number {
    return this.#position
  }

  /** Newest word on each kind and subject, oldest first. */
  latest(tenantId: string, matchId: string): HubEntry[] {
    const feed = this.#matches.get(matchKey(tenantId, matchId))
    return feed ? [...feed.latest.values()].toSorted((a, b) => a.cursor - b.cursor) : []
  }

  /** The last outputs of a match that the hub still holds, oldest first, at most `most`. */
  recent(tenantId: string, matchId: string, most: number): LiveOutput[] {
    const entries = this.#matches.get(matchKey(tenantId, matchId))?.entries ?? []
    return entries.slice(-most).map(({ output }) => output)
  }

  /**
   * Outputs after the cursor, and on as they come. Without a cursor: what stands now (the newest of each kind and
   * subject), then what comes.
   */
  async *follow(
    tenantId: string,
    matchId: string,
    after: number | null,
    signal: AbortSignal,
  ): AsyncGenerator<HubEntry> {
    const key = matchKey(tenantId, matchId)
    let cursor = after ?? this.#position
    if (after === null) yield* this.latest(tenantId, matchId)
    while (!signal.aborted) {
      const since = this.#changed.count
      const feed = this.#matches.get(key)
      const until = feed?.keptFrom ?? this.#start
      if (cursor < until) {
        for await (const entry of this.#fromLog(key, cursor + 1, until, signal)) {
          yield entry
          cursor = entry.cursor
        }
        cursor = until
        continue
      }
      const entries = feed?.entries ?? []
      let at = partitionPoint(entries.length, (index) => entries[index]!.cursor <= cursor)
      if (at === entries.length) {
        await this.#changed.wait({ since, signal })
        continue
      }
      for (; at < entries.length; at++) {
        const entry = entries[at]!
        cursor = entry.cursor
        yield entry
        if (signal.aborted) return
      }
    }
  }

  async *#fromLog(
    key: string,
    fromOffset: number,
    until: number,
    signal: AbortSignal,
  ): AsyncGenerator<HubEntry> {
    for await (const batch of this.#log.read(outputTopic, { fromOffset, until: 'end', signal })) {
      for (const event of batch) {
        if (event.offset > until) return
        if (event.key === key)
          yield { cursor: event.offset, output: outputCodec.decode(event.payload, event.schemaVersion) }
      }
    }
  }

  #take(event: LoggedEvent): void {
    this.#position = event.offset
    const output = outputCodec.decode(event.payload, event.schemaVersion)
    const entry = { cursor: event.offset, output }
    let feed = this.#matches.get(event.key)
    if (!feed)
      this.#matches.set(event.key, (feed = { entries: [], keptFrom: this.#start, latest: new Map() }))
    feed.entries.push(entry)
    // Cut seldom and much: shifting a long array for each output would cost more than the output.
    if (feed.entries.length > entriesKept * 1.5) {
      feed.keptFrom = feed.entries[feed.entries.length - entriesKept - 1]!.cursor
      feed.entries = feed.entries.slice(-entriesKept)
    }
    const subject = standsFor(output)
    if (subject !== null) {
      feed.latest.delete(subject)
      feed.latest.set(subject, entry)
    }
  }

  /** Forgets a match that was deleted. */
  forget(tenantId: string, matchId: string): void {
    this.#matches.delete(matchKey(tenantId, matchId))
  }
}

/** What a later output of the same name replaces; null for one that stands by itself (a tag, an outcome). */
function standsFor(output: LiveOutput): string | null {
  if (output.type === 'insight') return `insight|${output.insight.kind}|${output.insight.subject}`
  if (output.type === 'match' || output.type === 'match-end') return output.type
  return null
}
