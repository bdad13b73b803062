// Stands in for the engine process in tests of its supervisor: what it does is the name of its model.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

process.on('disconnect', () => process.exit(0))
process.once('message', (options: { modelName: string }) => {
  if (options.modelName === 'crashes') {
    process.stderr.write('out of memory: cannot hold the model\n')
    process.exit(3)
  }
  if (options.modelName === 'fails') {
    process.send?.({ type: 'failed', message: 'The file is broken.' }, () => process.exit(1))
    return
  }
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ status: 'ok', running: 0, waiting: 0 }))
  })
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    process.send?.({ type: 'loading', fraction: 0.5 })
    process.send?.({ type: 'ready', port, gpu: false, contextTokens: 512 })
  })
})
