import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import { createTestDatabase } from '../../src/testing/test-database.ts'
import { slowMigrations } from './slow-migrations.ts'

/** Kills the process that migrates each time it has got further, until one gets through: every step ran once, in order. */
export async function migrateThroughKills(kills: number): Promise<void> {
  const database = await createTestDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const rows = async (sql: string): Promise<string[]> =>
    (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name)
  const done = async (): Promise<string[]> =>
    (await rows("SELECT to_regclass('slow._migrations')::text AS name"))[0] === null
      ? []
      : rows('SELECT name FROM slow._migrations ORDER BY applied_at')
  try {
    const run = () =>
      spawn(process.execPath, [join(import.meta.dirname, 'migrate-child.ts'), database.url], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    for (let kill = 0; kill < kills; kill++) {
      const child = run()
      const exited = once(child, 'exit')
      const until = Math.floor((slowMigrations.length * (kill + 0.5)) / kills)
      while (child.exitCode === null && (await done()).length < until)
        await new Promise((resolve) => setTimeout(resolve, 2))
      // Somewhere within a step.
      await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 30))
      child.kill('SIGKILL')
      await exited
      const names = await done()
      expect(names).toEqual(slowMigrations.slice(0, names.length).map(({ name }) => name))
    }
    const [code] = await once(run(), 'exit')
    expect(code).toBe(0)
    expect(await done()).toEqual(slowMigrations.map(({ name }) => name))
    expect(await rows('SELECT n::text AS name FROM slow.step ORDER BY n')).toEqual(
      slowMigrations.map((_, n) => String(n + 1)),
    )
  } finally {
    await client.end()
    await database.drop()
  }
}
