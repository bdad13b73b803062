// A processor in a process of its own, to be killed. Arguments: NATS servers with commas between, replicas, folder of snapshots.
import { silentLogger, systemClock } from '@heavylift/core'
import { DiskStateStore, openJetStreamLog, runProcessor } from '@heavylift/streams'
import { feedCodec, outputCodec } from '../../pipeline/codecs.ts'
import { createMatchProcessor } from '../../pipeline/match-processor.ts'
import { countRule } from './count-rule.ts'

const [servers = '', replicas = '1', folder = ''] = process.argv.slice(2)
const log = await openJetStreamLog({ servers: servers.split(','), replicas: Number(replicas) as 1 | 3 })
const running = runProcessor({
  processor: createMatchProcessor({
    rules: [countRule],
    feed: feedCodec,
    output: outputCodec,
    allowedLatenessMs: 60_000,
  }),
  log,
  states: new DiskStateStore(folder),
  signal: new AbortController().signal,
  clock: systemClock,
  logger: silentLogger,
  snapshotEvery: { ms: 1_000 },
})
await running.drain()
process.send?.('ready')
await running.done
