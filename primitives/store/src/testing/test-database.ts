import { createHash, randomBytes } from 'node:crypto'
import { silentLogger, type Migration } from '@heavylift/core'
import pg from 'pg'
import { inject } from 'vitest'
import { ledgerMigrations } from '../ledger/migrations.ts'
import { migrate } from '../database/migrate.ts'
import { addressOf } from './durable-template.ts'

/** Migrations by system name, e.g. `{ shop: shopMigrations }`. */
export type MigrationsBySystem = Record<string, readonly Migration[]>

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/**
 * A database of its own for a test, migrated: a copy of a template that is made once for each set of migrations. With `durable` it has the
 * tables of durable runs already: to make them at the start of the runs takes longer than most tests do.
 * Needs `primitives/store/src/testing/global-setup.ts` in the project's `globalSetup`.
 */
export async function createTestDatabase(
  migrations: MigrationsBySystem = {},
  { durable = false } = {},
): Promise<TestDatabase> {
  const template = await ensureTemplate(migrations, durable ? inject('heavyliftDurableTemplate') : null)
  const name = `test_${randomBytes(8).toString('hex')}`
  await withAdmin((admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  return {
    url: urlOf(name),
    drop: () => withAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  }
}

async function ensureTemplate(migrations: MigrationsBySystem, base: string | null): Promise<string> {
  // `openStore` needs the ledger's tables in every database, so the template has them already.
  const systems = Object.entries({ ledger: ledgerMigrations, ...migrations })
  const key = JSON.stringify([base, systems.map(([system, steps]) => [system, steps])])
  const name = `template_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`
  await withAdmin(async (admin) => {
    // Test files run in processes of their own: one builds, the others wait. The lock ends with the connection.
    await admin.query('SELECT pg_advisory_lock(18518, hashtext($1))', [name])
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount !== 0) return
    await admin.query(`CREATE DATABASE ${name}${base === null ? '' : ` TEMPLATE ${base}`}`)
    try {
      for (const [system, steps] of systems) await migrate(urlOf(name), system, steps, silentLogger)
    } catch (error) {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      throw error
    }
  })
  return name
}

function urlOf(database: string): string {
  const base: string | undefined = inject('heavyliftPostgresUrl')
  if (base === undefined) {
    throw new Error(
      'No test database: name the file *.integration.test.ts, so that vitest starts PostgreSQL for it.',
    )
  }
  return addressOf(base, database)
}

async function withAdmin(run: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: urlOf('postgres') })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    await run(admin)
  } finally {
    await admin.end()
  }
}
