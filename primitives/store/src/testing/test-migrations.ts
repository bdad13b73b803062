import { silentLogger, type Migration } from '@heavylift/core'
import pg from 'pg'
import { toSchemaName } from '../database/connect.ts'
import { migrate } from '../database/migrate.ts'
import { createTestDatabase } from './test-database.ts'

export interface MigrationTest {
  system: string
  migrations: readonly Migration[]
  /** SQL that runs once the named step has: rows as that version wrote them. Later steps must keep them valid. */
  seeds?: { after: string; sql: string }[]
}

/**
 * Runs a system's migrations from empty and from each earlier version, with rows in it where seeds are given, and checks that
 * every way leads to the same schema and that a second run does nothing.
 * @returns the tables of the newest version, for the test to assert
 * @throws Error that names the version from which an upgrade fails or differs
 */
export async function testMigrations(test: MigrationTest): Promise<{ tables: string[] }> {
  const { system, migrations } = test
  const target = await reach(test, migrations.length)
  for (let from = 1; from < migrations.length; from++) {
    const reached = await reach(test, from)
    if (reached.shape !== target.shape) {
      throw new Error(
        `Upgrading ${system} from ${String(migrations[from - 1]?.name)} leads to another schema than from empty.`,
      )
    }
  }
  return { tables: target.tables }
}

/** Stops at `from` steps, seeding on the way, and then goes on to the newest. */
async function reach(test: MigrationTest, from: number): Promise<{ shape: string; tables: string[] }> {
  const { system, migrations, seeds = [] } = test
  // The template has the newest ledger, so the system under test begins with nothing there.
  const database = await createTestDatabase({ [system]: [] })
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`SET search_path = ${toSchemaName(system)}`)
    await migrate(database.url, system, migrations.slice(0, from), silentLogger)
    for (const seed of seeds) {
      const at = migrations.findIndex(({ name }) => name === seed.after)
      if (at < 0) throw new Error(`No migration of ${system} is named "${seed.after}".`)
      if (at === from - 1) await client.query(seed.sql)
    }
    await migrate(database.url, system, migrations, silentLogger)
    const again = await migrate(database.url, system, migrations, silentLogger)
    if (again.length > 0) throw new Error(`A second run of ${system} ran ${again.join(', ')} again.`)
    return await describe(client, toSchemaName(system))
  } finally {
    await client.end()
    await database.drop()
  }
}

/** Columns, indexes and constraints as text, in a fixed order. */
async function describe(client: pg.Client, schema: string): Promise<{ shape: string; tables: string[] }> {
  const columns = await client.query<{ table_name: string }>(
    `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = $1 AND table_name <> '_migrations' ORDER BY table_name, column_name`,
    [schema],
  )
  const indexes = await client.query(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = $1 AND tablename <> '_migrations' ORDER BY indexdef`,
    [schema],
  )
  const constraints = await client.query(
    `SELECT conrelid::regclass::text AS relation, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE connamespace = $1::regnamespace ORDER BY 1, 2`,
    [schema],
  )
  return {
    shape: JSON.stringify([columns.rows, indexes.rows, constraints.rows]),
    tables: [...new Set(columns.rows.map((row) => row.table_name))],
  }
}
