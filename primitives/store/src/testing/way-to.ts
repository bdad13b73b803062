import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A way to a server that a test can close, which ends what goes over it, and open again at the same address. */
export interface Way {
  /** `target` with the way's port in place of its own. */
  url: string
  open(): Promise<void>
  close(): Promise<void>
}

export async function wayTo(target: string): Promise<Way> {
  const url = new URL(target)
  const { hostname, port: targetPort } = url
  const sockets = new Set<Socket>()
  let server: Server | null = null

  const join = (from: Socket, to: Socket): void => {
    sockets.add(from)
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    from.pipe(to)
  }
  const open = async (port: number): Promise<number> => {
    const opened = createServer((socket) => {
      const onward = connect(Number(targetPort), hostname)
      join(socket, onward)
      join(onward, socket)
    })
    server = opened
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve))
    return (opened.address() as AddressInfo).port
  }
  const port = await open(0)
  url.port = String(port)
  return {
    url: url.href,
    open: async () => void (await open(port)),
    async close() {
      const closing = server
      if (closing === null) return
      server = null
      const closed = new Promise((resolve) => closing.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
