import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Backlog, unreadBytes } from '../src/runtime/backlog.ts'

const sockets: Socket[] = []
const servers: Server[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

/** A connection whose reader does not read. */
async function connection(listenOn: string, connectTo: string): Promise<{ writer: Socket; reader: Socket }> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, listenOn, resolve))
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const reader = connect((server.address() as AddressInfo).port, connectTo)
  reader.pause()
  const writer = await accepted
  sockets.push(writer, reader)
  return { writer, reader }
}

const limits = { maxBytes: 256 * 1024, stalledMs: 300 }
const never = new AbortController().signal
const chunk = Buffer.alloc(32 * 1024)

describe.skipIf(process.platform !== 'linux')('what a reader has not taken [CORE-BACKLOG-01]', () => {
  for (const [listenOn, connectTo] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::', '127.0.0.1'],
    ['::1', '::1'],
  ] as const) {
    it(`is known with the kernel's part, from ${connectTo} to ${listenOn}`, async () => {
      const { writer } = await connection(listenOn, connectTo)
      let room = true
      while (room) room = writer.write(Buffer.alloc(1024 * 1024))
      expect(await unreadBytes(writer)).toBeGreaterThan(writer.writableLength + 100_000)
    })
  }

  it('is never more than the limit, and who takes nothing is given up', async () => {
    const { writer } = await connection('127.0.0.1', '127.0.0.1')
    const backlog = new Backlog(writer, limits)
    let most = 0
    while (await backlog.room(never)) {
      writer.write(chunk)
      backlog.wrote(chunk.length)
      most = Math.max(most, await unreadBytes(writer))
    }
    expect(most).toBeGreaterThan(100_000)
    expect(most).toBeLessThanOrEqual(limits.maxBytes)
  })

  it('becomes room again when the reader reads', async () => {
    const { writer, reader } = await connection('127.0.0.1', '127.0.0.1')
    const backlog = new Backlog(writer, { ...limits, stalledMs: 600_000 })
    const fill = async (): Promise<void> => {
      for (;;) {
        await backlog.room(never)
        writer.write(chunk)
        backlog.wrote(chunk.length)
      }
    }
    void fill()
    while ((await unreadBytes(writer)) < limits.maxBytes / 2)
      await new Promise((resolve) => setTimeout(resolve, 20))
    const written = writer.bytesWritten
    reader.resume()
    while (writer.bytesWritten < written + 10 * limits.maxBytes)
      await new Promise((resolve) => setTimeout(resolve, 20))
  })
})
