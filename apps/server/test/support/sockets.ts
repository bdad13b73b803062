import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface RawConnection {
  socket: Socket
  send(text: string): void
  /** Everything that came so far. */
  text(): string
  closed(): boolean
}

/** A plain TCP connection, for what an HTTP client would not do. */
export function rawConnection(port: number): Promise<RawConnection> {
  return new Promise((resolve, reject) => {
    let text = ''
    let closed = false
    const socket = connect(port, '127.0.0.1', () => {
      resolve({ socket, send: (part) => socket.write(part), text: () => text, closed: () => closed })
    })
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => {
      closed = true
    })
  })
}

/** Resolves when `isTrue`; the test's own time limit ends a wait in vain. */
export async function until(isTrue: () => boolean): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 5))
  while (!isTrue())
}
