import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { HeavyliftError } from '@heavylift/core'
import { from as copyFrom } from 'pg-copy-streams'
import type { CopyStreamQuery } from 'pg-copy-streams'
import pg from 'pg'
import { afterRows, beforeRows, storedColumns } from './create-statements.ts'
import { describeDatabase } from './describe-database.ts'
import type { DatabaseDescription } from './describe-database.ts'
import type { RowsPart } from './dump-database.ts'

/** Fills an empty database. All of it happens in one transaction: after a failure the database is as empty as before. */
export interface DatabaseLoad {
  /** Takes the parts in the order in which the dump gave them. */
  write(part: RowsPart): Promise<void>
  /**
   * Makes keys and indexes, checks that the database is what the description says, and commits.
   * @throws HeavyliftError `restore-differs` when it is not
   */
  commit(): Promise<void>
  /** Undoes all of it unless it was committed. Safe to call twice. */
  close(): Promise<void>
}

/** @throws HeavyliftError `restore-not-empty` when the database has tables of its own already */
export async function openLoad(url: string, description: DatabaseDescription): Promise<DatabaseLoad> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'heavylift-restore',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  const tables = new Map(description.tables.map((table) => [table.name, table]))
  let copying: { table: string; stream: CopyStreamQuery; done: Promise<void> } | null = null

  async function finishTable(): Promise<void> {
    if (copying === null) return
    const { stream, done } = copying
    copying = null
    stream.end()
    await done
  }

  try {
    await client.query('BEGIN')
    const present = await describeDatabase(client)
    if (present.tables.length > 0) throw notEmpty(present.tables.map(({ name }) => name))
    for (const statement of beforeRows(description)) await client.query(statement)
  } catch (error) {
    await client.end()
    throw error
  }
  return {
    async write({ table: name, bytes }) {
      if (copying?.table !== name) {
        await finishTable()
        const table = tables.get(name)
        if (!table) throw damaged(`it holds rows of ${name}, which it does not describe`)
        const stream = client.query(copyFrom(`COPY ${name} (${storedColumns(table).join(', ')}) FROM STDIN`))
        const done = finished(stream)
        // Awaited at the table's end; a failure before that must not count as unhandled.
        done.catch(() => undefined)
        copying = { table: name, stream, done }
      }
      const { stream, done } = copying
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), done])
    },
    async commit() {
      await finishTable()
      for (const statement of afterRows(description)) await client.query(statement)
      const made = await describeDatabase(client)
      if (!isDeepStrictEqual(made, description)) throw differs(description, made)
      await client.query('COMMIT')
      await client.query('ANALYZE')
    },
    close: () => client.end(),
  }
}

function notEmpty(tables: string[]): HeavyliftError {
  return new HeavyliftError({
    code: 'restore-not-empty',
    message: `The database to restore into has ${tables.length} tables already (${tables.slice(0, 3).join(', ')} …). Restore into an empty one: a new data folder, or a new database in DATABASE_URL.`,
  })
}

/** A backup that does not fit together: cut, or changed by hand. */
export function damaged(why: string): HeavyliftError {
  return new HeavyliftError({
    code: 'backup-damaged',
    message: `This backup is damaged: ${why}. Nothing was restored. Use another backup.`,
  })
}

function differs(wanted: DatabaseDescription, made: DatabaseDescription): HeavyliftError {
  const parts = (Object.keys(wanted) as (keyof DatabaseDescription)[]).filter(
    (part) => !isDeepStrictEqual(wanted[part], made[part]),
  )
  return new HeavyliftError({
    code: 'restore-differs',
    message: `The restored database is not what the backup describes (${parts.join(', ')}), so nothing was kept. Restore with the release that made the backup, then upgrade.`,
  })
}
