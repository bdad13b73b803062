import { join } from 'node:path'
import type { Clock, Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { Store } from '@heavylift/store'
import {
  DiskStateStore,
  openDiskLog,
  openJetStreamLog,
  openPostgresLog,
  PostgresStateStore,
  TwinWriter,
} from '@heavylift/streams'
import type { Log, StateStore } from '@heavylift/streams'
import type { LiveConfig } from '../config.ts'
import { feedTopic } from './topics.ts'

const reconcileRetryMs = 5_000

export interface Streams {
  /** What this server reads: its own path. */
  log: Log
  /** What events are appended to: the log itself, or both paths. */
  writer: Pick<Log, 'append'>
  states: StateStore
  close(): Promise<void>
}

export type EventsIn = 'files' | 'database' | 'nats'

/** Where the events of a server are kept. */
export function chooseEventsIn(
  config: Pick<LiveConfig, 'natsServers' | 'keepEventsIn'>,
  { isShared }: Pick<Store, 'isShared'>,
): EventsIn {
  if (config.natsServers.length > 0) return 'nats'
  return config.keepEventsIn ?? (isShared ? 'database' : 'files')
}

export type SharedStore = Pick<Store, 'database' | 'shared' | 'isShared'>

type StreamsConfig = Pick<
  LiveConfig,
  'keepEventsIn' | 'natsServers' | 'natsSecondServers' | 'natsReplicas' | 'retentionMb'
>

/** The log and the snapshots beside it: files below `folder`, the database, or NATS. */
export async function openStreams(
  config: StreamsConfig,
  folder: string,
  services: { clock: Clock; log: Logger; store?: SharedStore },
): Promise<Streams> {
  const retainBytes = config.retentionMb * 1024 * 1024
  const { store, clock } = services
  const eventsIn = chooseEventsIn(config, store ?? { isShared: false })
  if (store !== undefined && eventsIn === 'database') {
    const log = openPostgresLog({ store, retainBytes, clock, logger: services.log })
    return { log, writer: log, states: new PostgresStateStore(store), close: () => log.close() }
  }
  const states = new DiskStateStore(join(folder, 'states'))
  if (eventsIn === 'files') {
    const log = await openDiskLog({
      folder: join(folder, 'log'),
      segmentBytes: Math.min(32 * 1024 * 1024, Math.ceil(retainBytes / 4)),
      retainBytes,
      clock: services.clock,
      logger: services.log,
    })
    return { log, writer: log, states, close: () => log.close() }
  }
  const openPath = (servers: string[]) =>
    openJetStreamLog({
      servers,
      replicas: config.natsReplicas,
      retainBytes,
      // A path that comes back gets events again that it may have had.
      duplicateWindowMs: 600_000,
    })
  const log = await openPath(config.natsServers)
  if (config.natsSecondServers.length === 0) return { log, writer: log, states, close: () => log.close() }
  const twin = new TwinWriter({
    paths: [() => Promise.resolve(log), () => openPath(config.natsSecondServers)],
    topics: [feedTopic],
  })
  const stopping = new AbortController()
  const reconciled = reconcileWhenAnswered(twin, stopping.signal, (error) => {
    services.log.warn({ error }, 'the second path of streams does not answer; it is caught up when it does')
  })
  return {
    log,
    writer: twin,
    states,
    close: async () => {
      stopping.abort()
      await twin.close()
      await reconciled
    },
  }
}

/** What a killed writer left in one path only must come to the other, however long that is away. */
async function reconcileWhenAnswered(
  twin: TwinWriter,
  signal: AbortSignal,
  onAway: (error: unknown) => void,
): Promise<void> {
  for (let isTold = false; !signal.aborted;) {
    try {
      await twin.reconcile()
      return
    } catch (error) {
      if (!isTold && !signal.aborted) onAway(error)
      isTold = true
      await sleep(reconcileRetryMs, signal)
    }
  }
}
