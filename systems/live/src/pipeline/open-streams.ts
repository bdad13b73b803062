import { join } from 'node:path'
import type { Clock, Logger } from '@heavylift/core'
import { DiskStateStore, openDiskLog, openJetStreamLog } from '@heavylift/streams'
import type { Log, StateStore } from '@heavylift/streams'
import type { LiveConfig } from '../live-config.ts'

export interface Streams {
  log: Log
  states: StateStore
}

/** The log and the snapshots beside it: files below `folder`, or NATS when servers are named. */
export async function openStreams(
  config: Pick<LiveConfig, 'natsServers' | 'natsReplicas' | 'retentionMb'>,
  folder: string,
  services: { clock: Clock; log: Logger },
): Promise<Streams> {
  const retainBytes = config.retentionMb * 1024 * 1024
  const states = new DiskStateStore(join(folder, 'states'))
  if (config.natsServers.length === 0) {
    const log = await openDiskLog({
      folder: join(folder, 'log'),
      segmentBytes: Math.min(32 * 1024 * 1024, Math.ceil(retainBytes / 4)),
      retainBytes,
      clock: services.clock,
      logger: services.log,
    })
    return { log, states }
  }
  const log = await openJetStreamLog({
    servers: config.natsServers,
    replicas: config.natsReplicas,
    retainBytes,
  })
  return { log, states }
}
