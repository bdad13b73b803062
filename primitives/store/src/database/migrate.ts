import { createHash } from 'node:crypto'
import { HeavyliftError, type Logger, type Migration } from '@heavylift/core'
import pg from 'pg'
import { toSchemaName } from './connect.ts'

interface Applied {
  name: string
  checksum: string
}

/** Of the SQL with Unix line ends, so that a checkout with others has the same one. */
export function computeChecksum(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}

/**
 * Which migrations still have to run, in order.
 * @throws HeavyliftError `migration-name-invalid`, `migration-changed`, `migration-unknown` (the database is newer than the
 *   code), `migration-out-of-order` (a new one sorts before one that has run)
 */
export function planMigrations(
  system: string,
  migrations: readonly Migration[],
  applied: readonly Applied[],
): Migration[] {
  const sorted = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))
  let previous = ''
  for (const { name } of sorted) {
    if (!/^\d{4}-[a-z0-9-]+$/.test(name) || name.slice(0, 4) === previous.slice(0, 4)) {
      throw new HeavyliftError({
        code: 'migration-name-invalid',
        message: `Migration "${name}" of ${system} needs a name like 0001-catalog, with a number of its own.`,
      })
    }
    previous = name
  }
  const byName = new Map(sorted.map((migration) => [migration.name, migration]))
  for (const row of applied) {
    const migration = byName.get(row.name)
    if (!migration) {
      throw new HeavyliftError({
        code: 'migration-unknown',
        message: `The database has run migration "${row.name}" of ${system}, which this release does not know. Start the newer release, or restore a backup from before it.`,
      })
    }
    if (computeChecksum(migration.sql) !== row.checksum) {
      throw new HeavyliftError({
        code: 'migration-changed',
        message: `Migration "${row.name}" of ${system} was changed after this database ran it. Put it back as it was and add a new one.`,
      })
    }
  }
  const done = new Set(applied.map((row) => row.name))
  const pending = sorted.filter((migration) => !done.has(migration.name))
  const last = applied
    .map((row) => row.name)
    .sort()
    .at(-1)
  const early = pending.find((migration) => last !== undefined && migration.name < last)
  if (early) {
    throw new HeavyliftError({
      code: 'migration-out-of-order',
      message: `Migration "${early.name}" of ${system} sorts before "${String(last)}", which has run already. Give it the next number.`,
    })
  }
  return pending
}

/**
 * Looks whether this release can work with what the database holds, and changes nothing.
 * @throws HeavyliftError as `planMigrations`, for the first system that does not fit
 */
export async function checkMigrations(url: string, systems: readonly PlannedSystem[]): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'heavylift-migrate-check',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const pending: string[] = []
    for (const { name, migrations } of systems) {
      const table = `${toSchemaName(name)}._migrations`
      const found = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
        table,
      ])
      const applied =
        found.rows[0]?.there === true
          ? (await client.query<Applied>(`SELECT name, checksum FROM ${table} ORDER BY name`)).rows
          : []
      pending.push(...planMigrations(name, migrations, applied).map((step) => `${name}/${step.name}`))
    }
    return pending
  } finally {
    await client.end()
  }
}

export interface PlannedSystem {
  name: string
  migrations: readonly Migration[]
}

/**
 * Brings a system's schema up to date, each step in a transaction of its own. A second process waits for the first and
 * then finds nothing to do.
 * @returns the names of the steps that ran
 * @throws HeavyliftError as `planMigrations`, and `migration-failed` naming the step
 */
export async function migrate(
  url: string,
  system: string,
  migrations: readonly Migration[],
  log: Logger,
): Promise<string[]> {
  const schema = toSchemaName(system)
  const client = new pg.Client({
    connectionString: url,
    application_name: `heavylift-migrate-${schema}`,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // Held by the session, so it ends with the connection even when this process is killed.
    await client.query('SELECT pg_advisory_lock(18517, hashtext($1))', [schema])
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(`SET search_path = ${schema}`)
    await client.query(
      'CREATE TABLE IF NOT EXISTS _migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    const applied = await client.query<Applied>('SELECT name, checksum FROM _migrations ORDER BY name')
    const pending = planMigrations(system, migrations, applied.rows)
    for (const migration of pending) await applyOne(client, system, migration)
    if (pending.length > 0) log.info({ system, steps: pending.map(({ name }) => name) }, 'migrated')
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

async function applyOne(client: pg.Client, system: string, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await client.query('INSERT INTO _migrations (name, checksum) VALUES ($1, $2)', [
      migration.name,
      computeChecksum(migration.sql),
    ])
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw new HeavyliftError({
      code: 'migration-failed',
      message: `Migration "${migration.name}" of ${system} failed and was undone: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    })
  }
}
