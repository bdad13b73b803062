import type { Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type pg from 'pg'
import { isAlive } from './process.ts'

export interface Membership {
  /** The session that holds the shared lock, joined anew if it was just lost; null when the server is gone. Joins no more. */
  leave(): Promise<pg.Client | null>
}

/**
 * Keeps our place among those who use the server when the session that stands for it breaks: after a crash of one backend
 * PostgreSQL ends every session and goes on itself.
 */
export function keepMembership(
  first: pg.Client,
  serverPid: number,
  join: () => Promise<pg.Client | null>,
  log: Logger,
): Membership {
  let session: pg.Client | null = null
  let isLeaving = false
  let rejoining: Promise<void> | null = null

  function hold(client: pg.Client): void {
    session = client
    client.once('end', () => {
      if (session === client) session = null
      if (!isLeaving) rejoining = rejoin()
    })
  }

  async function rejoin(): Promise<void> {
    log.warn({ pid: serverPid }, 'PostgreSQL ended our session; joining again')
    while (!isLeaving && session === null) {
      if (!(await isAlive(serverPid))) {
        log.error({ pid: serverPid }, 'PostgreSQL has ended; start again to recover')
        return
      }
      const client = await join()
      if (client !== null) hold(client)
      else await sleep(200)
    }
  }

  hold(first)
  return {
    async leave() {
      isLeaving = true
      await rejoining
      return session ?? ((await isAlive(serverPid)) ? await join() : null)
    },
  }
}
