import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dependencyNames } from './planted.ts'

/** What the demo shop depends on: a small server each, in one process. Prints their ports as JSON. */
const ports: Record<string, number> = {}
for (const name of dependencyNames) {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      if (name !== 'answers') {
        setTimeout(() => response.end(JSON.stringify({ from: name })), 3)
        return
      }
      response.setHeader('content-type', 'text/event-stream')
      let at = 0
      const timer = setInterval(() => {
        at++
        response.write(at <= 10 ? `data: {"word":${at}}\n\n` : 'data: [DONE]\n\n')
        if (at <= 10) return
        clearInterval(timer)
        response.end()
      }, 20)
      response.on('close', () => clearInterval(timer))
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  ports[name] = (server.address() as AddressInfo).port
}
process.stdout.write(`${JSON.stringify(ports)}\n`)
process.stdin.on('end', () => process.exit()).resume()
