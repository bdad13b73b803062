import type { Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type pg from 'pg'
import { isAlive } from './process.ts'

export interface Membership {
  /** Process id of the server that it is of. */
  readonly pid: number
  /** The session that holds the shared lock, joined anew if it was just lost; null when the server is gone. Joins no more. */
  leave(): Promise<pg.Client | null>
}

export interface Joining {
  /** A session with the server, null while it takes none. */
  join(pid: number): Promise<pg.Client | null>
  /** Another server in the place of one that has ended; null when it is given up, or `leaving` aborts. */
  revive(leaving: AbortSignal): Promise<{ pid: number; session: pg.Client } | null>
}

/**
 * Keeps our place among those who use the server when the session that stands for it breaks: after a crash of one backend
 * PostgreSQL ends every session and goes on itself; where all of it has ended it is brought back.
 */
export function keepMembership(
  first: { pid: number; session: pg.Client },
  server: Joining,
  log: Logger,
): Membership {
  let { pid } = first
  let session: pg.Client | null = null
  let rejoining: Promise<void> | null = null
  const leaving = new AbortController()

  function hold(client: pg.Client): void {
    session = client
    client.once('end', () => {
      if (session === client) session = null
      if (!leaving.signal.aborted) rejoining = rejoin()
    })
  }

  async function rejoin(): Promise<void> {
    log.warn({ pid }, 'PostgreSQL ended our session; joining again')
    while (!leaving.signal.aborted && session === null) {
      if (await isAlive(pid)) {
        const client = await server.join(pid)
        if (client !== null) hold(client)
        else await sleep(200, leaving.signal)
      } else {
        const revived = await server.revive(leaving.signal)
        if (revived === null) return
        pid = revived.pid
        hold(revived.session)
      }
    }
  }

  hold(first.session)
  return {
    get pid() {
      return pid
    },
    async leave() {
      leaving.abort()
      await rejoining
      return session ?? ((await isAlive(pid)) ? await server.join(pid) : null)
    },
  }
}
