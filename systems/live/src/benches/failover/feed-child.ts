// A server of the feed of insights in a process of its own, to be killed. Arguments: NATS servers, replicas, port.
import { createServer } from 'node:http'
import { openJetStreamLog } from '@heavylift/streams'
import { OutputHub } from '../../pipeline/hub/output-hub.ts'
import { serveInsights } from './serve-insights.ts'

const [servers = '', replicas = '1', port = '0'] = process.argv.slice(2)
const log = await openJetStreamLog({ servers: servers.split(','), replicas: Number(replicas) as 1 | 3 })
const hub = new OutputHub(log)
await new Promise<void>((resolve) => {
  void hub.run(new AbortController().signal, resolve)
})
const server = createServer((request, response) => serveInsights(hub, request, response))
server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
