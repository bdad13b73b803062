// A whole server in one process, to be killed: files for streams, a processor, the feed of insights, and POST / for events.
// Arguments: folder, port.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import { DiskStateStore, openDiskLog, runProcessor } from '@heavylift/streams'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { OutputHub } from '../../pipeline/hub/output-hub.ts'
import { toLogEvent } from '../../pipeline/ingest/ingest.ts'
import { feedCodec, outputCodec } from '../../pipeline/codecs.ts'
import { createMatchProcessor } from '../../pipeline/match-processor.ts'
import { feedTopic } from '../../pipeline/topics.ts'
import { countRule } from './count-rule.ts'
import { serveInsights } from './serve-insights.ts'

const [folder = '', port = '0'] = process.argv.slice(2)
const log = await openDiskLog({ folder: join(folder, 'log') })
const { signal } = new AbortController()
const running = runProcessor({
  processor: createMatchProcessor({
    rules: [countRule],
    feed: feedCodec,
    output: outputCodec,
    allowedLatenessMs: 60_000,
  }),
  log,
  states: new DiskStateStore(join(folder, 'states')),
  signal,
  clock: systemClock,
  logger: silentLogger,
  snapshotEvery: { ms: 1_000 },
})
const hub = new OutputHub(log)
await new Promise<void>((resolve) => {
  void hub.run(signal, resolve)
})
const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    serveInsights(hub, request, response)
    return
  }
  void (async () => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const event = JSON.parse(Buffer.concat(parts).toString()) as FeedEvent
    await log.append(feedTopic, [toLogEvent('main', event)])
    response.writeHead(204).end()
  })()
})
server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
await running.done
