import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers at once and does nothing else: when it is slow, the machine is. Prints its port. */
const server = createServer((_request, response) => response.end('ok'))
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.stdin.on('end', () => process.exit()).resume()
