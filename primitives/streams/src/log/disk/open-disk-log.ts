import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { silentLogger, systemClock, type Clock, type Logger } from '@heavylift/core'
import { checkEvents, checkGroup, checkTopic } from '../check-input.ts'
import type { Delivery, GroupOptions, Log, LoggedEvent, ReadOptions } from '../log.ts'
import { logClosed } from '../stream-errors.ts'
import { lockFolder } from './folder-lock.ts'
import { Group } from './group.ts'
import { Topic, type TopicOptions } from './topic.ts'

export interface DiskLogOptions {
  /** Made where it is missing. One process owns it at a time. */
  folder: string
  /**
   * When written events go from the system's cache to the disk. Whatever is chosen, `append` resolves after they were
   * handed to the operating system, so they survive a kill of the process. A power loss takes: `never` what the system
   * had not written by itself (some 30 s on Linux), `interval` at most `fsyncIntervalMs`, `batch` nothing that was acknowledged.
   * Default `interval`.
   */
  fsync?: 'never' | 'batch' | 'interval'
  /** Default 1,000. */
  fsyncIntervalMs?: number
  /** A file that has reached this size is followed by the next. Default 64 MiB. */
  segmentBytes?: number
  /** An id is known as a duplicate for at least so many events of its topic. Default 200,000. */
  duplicateWindow?: number
  /** Whole segments are removed from the front of a topic while it is larger. Default: no limit. */
  retainBytes?: number
  /** Whole segments are removed whose last event was appended longer ago. Default: no limit. */
  retainMs?: number
  clock?: Clock
  logger?: Logger
}

const retentionEveryMs = 60_000

/**
 * Opens the log in `folder`, after cutting what a kill left unfinished. Throws a `ConflictError` (`log-folder-in-use`) while
 * another owner lives, and a `LogCorruptError` where stored bytes are damaged other than at the end.
 */
export async function openDiskLog(options: DiskLogOptions): Promise<Log> {
  const unlock = await lockFolder(options.folder)
  try {
    return await DiskLog.open(options, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

/** A topic's folder holds its segments, and the positions of its groups in `groups`. */
class DiskLog implements Log {
  readonly #folder: string
  readonly #topicOptions: TopicOptions
  readonly #unlock: () => Promise<void>
  readonly #topics = new Map<string, Promise<Topic>>()
  readonly #groups = new Map<string, Promise<Group>>()
  readonly #timers: NodeJS.Timeout[] = []
  #isClosed = false

  private constructor(options: DiskLogOptions, unlock: () => Promise<void>) {
    this.#folder = join(options.folder, 'topics')
    this.#unlock = unlock
    this.#topicOptions = {
      fsync: options.fsync ?? 'interval',
      segmentBytes: options.segmentBytes ?? 64 * 1024 * 1024,
      duplicateWindow: options.duplicateWindow ?? 200_000,
      retainBytes: options.retainBytes ?? Infinity,
      retainMs: options.retainMs ?? Infinity,
      clock: options.clock ?? systemClock,
      logger: options.logger ?? silentLogger,
    }
    this.#every(retentionEveryMs, (topic) => topic.retain())
    if (this.#topicOptions.fsync === 'interval') {
      this.#every(options.fsyncIntervalMs ?? 1000, (topic) => topic.sync())
    }
  }

  static async open(options: DiskLogOptions, unlock: () => Promise<void>): Promise<DiskLog> {
    const log = new DiskLog(options, unlock)
    try {
      await mkdir(log.#folder, { recursive: true })
      for (const name of await readdir(log.#folder)) await (await log.#topic(name)).retain()
      return log
    } catch (error) {
      await log.#stop().catch(() => {})
      throw error
    }
  }

  async append(...[topic, events]: Parameters<Log['append']>): ReturnType<Log['append']> {
    checkEvents(events)
    return (await this.#topic(topic)).append(events)
  }

  async *read(topic: string, options: ReadOptions): AsyncGenerator<LoggedEvent[], void, undefined> {
    yield* (await this.#topic(topic)).read(options)
  }

  async range(topic: string): Promise<{ first: number; next: number }> {
    const { first, next } = await this.#topic(topic)
    return { first, next }
  }

  async *consume(topic: string, options: GroupOptions): AsyncGenerator<Delivery, void, undefined> {
    checkGroup(options.group)
    const name = `${topic}/${options.group}`
    let group = this.#groups.get(name)
    if (group === undefined) {
      group = this.#openGroup(topic, options.group)
      this.#groups.set(name, group)
      group.catch(() => this.#groups.delete(name))
    }
    yield* (await group).consume(options)
  }

  async topics(): Promise<string[]> {
    const names: string[] = []
    for (const [name, topic] of this.#topics) if ((await topic).next > 1) names.push(name)
    return names.sort()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    await this.#stop()
    await this.#unlock()
  }

  async #stop(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const group of this.#groups.values()) await (await group).close()
    for (const topic of this.#topics.values()) await (await topic).close()
  }

  async #openGroup(topic: string, group: string): Promise<Group> {
    const path = join(this.#folder, topic, 'groups', `${group}.json`)
    const { clock, fsync } = this.#topicOptions
    return Group.open(await this.#topic(topic), clock, path, fsync === 'batch')
  }

  #topic(name: string): Promise<Topic> {
    if (this.#isClosed) return Promise.reject(logClosed())
    let topic = this.#topics.get(name)
    if (topic === undefined) {
      checkTopic(name)
      topic = Topic.open(join(this.#folder, name), this.#topicOptions)
      this.#topics.set(name, topic)
      topic.catch(() => this.#topics.delete(name))
    }
    return topic
  }

  #every(ms: number, run: (topic: Topic) => Promise<void>): void {
    const { logger } = this.#topicOptions
    const timer = setInterval(() => {
      for (const opened of this.#topics.values()) {
        opened
          .then(run)
          .catch((error: unknown) => logger.error({ err: error }, 'Housekeeping of a log topic failed.'))
      }
    }, ms)
    timer.unref()
    this.#timers.push(timer)
  }
}
