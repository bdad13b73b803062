import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import pg from 'pg'
import { ledgerMigrations } from '../ledger/migrations.ts'
import { openStore } from '../open-store.ts'

/** Makes the database that those with durable runs are copied from. Returns its name; one that is there already is taken as it is. */
export async function makeDurableTemplate(serverUrl: string): Promise<string> {
  const name = `template_durable_${createHash('sha256').update(contents()).digest('hex').slice(0, 16)}`
  const admin = new pg.Client({ connectionString: addressOf(serverUrl, 'postgres') })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    // Runs beside each other on one server: one builds, the others wait. The lock ends with the connection.
    await admin.query('SELECT pg_advisory_lock(18518, hashtext($1))', [name])
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount !== 0) return name
    // Under its name only when it is whole.
    const draft = `${name}_draft`
    await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`)
    await admin.query(`CREATE DATABASE ${draft}`)
    const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-template-'))
    try {
      const databaseUrl = addressOf(serverUrl, draft)
      const host = await openStore({ dataDir, databaseUrl, log: silentLogger, clock: systemClock })
      try {
        await host.startDurable()
      } finally {
        await host.close()
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${name}`)
    return name
  } finally {
    await admin.end()
  }
}

/** The address of another database of the same server. */
export function addressOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** What the template follows from: steps of the ledger, version of DBOS. */
function contents(): string {
  let folder = dirname(createRequire(import.meta.url).resolve('@dbos-inc/dbos-sdk'))
  for (;;) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string
        version?: string
      }
      if (name === '@dbos-inc/dbos-sdk') return JSON.stringify([version, ledgerMigrations])
    } catch {
      // Not this folder's.
    }
    folder = dirname(folder)
  }
}
