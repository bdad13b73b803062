import type { WebSocket } from 'ws'

export interface KeepAlive {
  pingMs: number
  /** Longest time without a message; null where the other side has nothing to say. */
  idleMs: number | null
}

/** Pings a WebSocket, and ends one that answers none, or says nothing for too long. */
export function keepAlive(client: WebSocket, { pingMs, idleMs }: KeepAlive): void {
  let isThere = true
  let saidMs = performance.now()
  client.on('pong', () => (isThere = true))
  client.on('message', () => {
    isThere = true
    saidMs = performance.now()
  })
  const timer = setInterval(() => {
    // A feed that we hold is not silent of its own will, and its pong waits behind what it said.
    if (client.isPaused) return
    if (!isThere) return client.terminate()
    if (idleMs !== null && performance.now() - saidMs > idleMs) {
      return client.close(1000, `Nothing was said for ${idleMs} ms. Connect again to go on.`)
    }
    isThere = false
    client.ping()
  }, pingMs)
  client.once('close', () => clearInterval(timer))
}
