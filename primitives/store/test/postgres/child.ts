// Starts the embedded server on a folder, prints its process id and waits; killed or asked to stop by the test.
import { silentLogger } from '@heavylift/core'
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts'

const server = await startEmbeddedPostgres({
  dir: String(process.argv[2]),
  log: silentLogger,
  throwaway: true,
})
process.stdout.write(`${JSON.stringify({ pid: server.pid, url: server.url, isAdopted: server.isAdopted })}\n`)
process.on('SIGTERM', () => {
  void server.close().then(() => process.exit(0))
})
setInterval(() => undefined, 1_000)
