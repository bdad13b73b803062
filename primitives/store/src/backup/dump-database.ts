import type { Readable } from 'node:stream'
import { to as copyTo } from 'pg-copy-streams'
import pg from 'pg'
import { storedColumns } from './create-statements.ts'
import { describeDatabase } from './describe-database.ts'
import type { DatabaseDescription } from './describe-database.ts'

/** A piece of one table's rows, in PostgreSQL's text form of `COPY`. Pieces of a table follow each other. */
export interface RowsPart {
  table: string
  bytes: Buffer
}

export interface DatabaseDump {
  description: DatabaseDescription
  /** Rows of every table that holds any itself, a table at a time. Read to the end before `close`. */
  parts(): AsyncGenerator<RowsPart>
  close(): Promise<void>
}

const partBytes = 4 * 1024 * 1024

/**
 * Opens a dump of the whole database as it is at this moment, whatever is written meanwhile (one REPEATABLE READ
 * transaction). Nothing is locked against writers.
 * @throws HeavyliftError as `describeDatabase`
 */
export async function openDump(url: string): Promise<DatabaseDump> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'heavylift-backup',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const description = await describeDatabase(client)
    return {
      description,
      async *parts() {
        for (const table of description.tables) {
          // Rows of a partitioned table lie in its partitions; unlogged tables hold work that a crash may lose as well.
          if (table.partitionKey !== null || table.isUnlogged) continue
          const sql = `COPY ${table.name} (${storedColumns(table).join(', ')}) TO STDOUT`
          yield* inParts(table.name, client.query(copyTo(sql)))
        }
      },
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

async function* inParts(table: string, rows: Readable): AsyncGenerator<RowsPart> {
  let chunks: Buffer[] = []
  let size = 0
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size < partBytes) continue
    yield { table, bytes: Buffer.concat(chunks) }
    chunks = []
    size = 0
  }
  if (size > 0) yield { table, bytes: Buffer.concat(chunks) }
}
