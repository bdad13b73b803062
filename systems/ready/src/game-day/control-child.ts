import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Writes a byte, answers, and does nothing else: when it is slow, the machine or its disk is. Prints its port. */
const folder = mkdtempSync(join(tmpdir(), 'ready-control-'))
const server = createServer((_request, response) => {
  writeFileSync(join(folder, 'byte'), '1')
  response.end('ok')
})
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.on('SIGTERM', () => process.exit())
process.stdin.on('end', () => process.exit()).resume()
