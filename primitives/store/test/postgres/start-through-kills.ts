import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { silentLogger } from '@heavylift/core'
import pg from 'pg'
import { expect } from 'vitest'
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts'

/** Kills a first start after each of these times, in an empty folder each, and expects the next start to serve. */
export async function startThroughKills(killAfterMs: readonly number[]): Promise<void> {
  const base = await mkdtemp(join(tmpdir(), 'heavylift-embedded-'))
  await chmod(base, 0o755)
  const dir = join(base, 'postgres')
  const remove = (path: string) =>
    // An orphaned initdb may still write for a moment.
    rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  try {
    for (const afterMs of killAfterMs) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), dir], { stdio: 'ignore' })
      await wait(afterMs)
      child.kill('SIGKILL')
      await waitForChild(child)
      const server = await startEmbeddedPostgres({ dir, log: silentLogger, throwaway: true })
      try {
        const client = new pg.Client({ connectionString: server.url })
        client.on('error', () => undefined)
        await client.connect()
        expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
        await client.end()
      } finally {
        await server.close()
      }
      await remove(dir)
    }
  } finally {
    await remove(base)
  }
}

export function waitForChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}
