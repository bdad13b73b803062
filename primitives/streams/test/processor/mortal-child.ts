import { openDiskLog } from '../../src/log/disk/open-disk-log.ts'
import { openJetStreamLog } from '../../src/log/jetstream/open-jetstream-log.ts'
import { runProcessor } from '../../src/processor/run-processor.ts'
import { DiskStateStore } from '../../src/state/disk-state-store.ts'
import { NatsStateStore } from '../../src/state/nats-state-store.ts'
import { mortalProcessor } from './mortal-processor.ts'

/** A process of its own that processes until it is killed. Argument: a folder's path, or `nats:` and the servers as JSON. */
const place = process.argv[2]!
const servers = place.startsWith('nats:') ? (JSON.parse(place.slice(5)) as string[]) : null
const log = servers ? await openJetStreamLog({ servers }) : await openDiskLog({ folder: `${place}/log` })
const states = servers ? await NatsStateStore.open({ servers }) : new DiskStateStore(`${place}/states`)
const handle = runProcessor({
  processor: mortalProcessor(),
  log,
  states,
  signal: new AbortController().signal,
  maxBatchEvents: 7,
  snapshotEvery: { events: 100 },
})
process.stdout.write('ready\n')
await handle.drain()
process.stdout.write('drained\n')
await handle.done
