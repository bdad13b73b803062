import { away, findOutage, HeavyliftError } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

/** The PostgreSQL schema of a system: its name with `_` for `-`. */
export function toSchemaName(systemName: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(systemName)) {
    throw new Error(`A system's name is lower-case letters, digits and dashes; got "${systemName}".`)
  }
  return systemName.replaceAll('-', '_')
}

const INT8 = 20
const DATE = 1082

/** `bigint` and `count(*)` arrive as numbers (milliseconds, cents), `date` as `YYYY-MM-DD`, the rest as in `pg`. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === INT8) return parseInt8
      if (oid === DATE) return (text: string) => text
    }
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
  },
}

/** @throws HeavyliftError `integer-too-large` rather than lose digits */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new HeavyliftError({
      code: 'integer-too-large',
      message: `The database holds ${text}, which a number cannot carry exactly. Select it as text.`,
    })
  }
  return value
}

export interface PoolOptions {
  url: string
  schema: string
  /** Most connections of this pool at once; more wait. */
  maxConnections: number
  onError: (error: Error) => void
}

/** Connections whose every query, raw SQL too, runs in one schema. */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    options: `-c search_path=${options.schema}`,
    application_name: `heavylift-${options.schema}`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // An idle pool must not keep a finished command alive.
    allowExitOnIdle: true,
    keepAlive: true,
    types,
  })
  // An idle connection that breaks is dropped and replaced by the pool; without a listener it would end the process.
  pool.on('error', options.onError)
  // One in use tells whoever waits for its answer; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Ends a pool, and resolves when the server has seen the last of its sessions: `pg` tells before. */
export async function endPool(pool: pg.Pool): Promise<void> {
  let left = pool.totalCount
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  if (left === 0) resolve()
  pool.on('remove', () => {
    if (--left === 0) resolve()
  })
  await pool.end()
  await withTimeout(gone, 1_000, () => undefined)
}

/** What fails because the database is away or its disk full fails with an error that says so, whatever `pg` or the system call it. */
export function createKysely<Tables>(pool: pg.Pool): Kysely<Tables> {
  const dialect = new PostgresDialect({
    pool: {
      connect: async () => tellOutages(await pool.connect().catch(throwOutage)),
      end: () => pool.end(),
    },
  })
  return new Kysely<Tables>({ dialect })
}

const telling = new WeakSet<pg.PoolClient>()

/** The same client; it is used again and again, and changed once. */
function tellOutages(client: pg.PoolClient): pg.PoolClient {
  if (telling.has(client)) return client
  telling.add(client)
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  const told = (...given: unknown[]): unknown => {
    const result = query(...given)
    return result instanceof Promise ? result.catch(throwOutage) : result
  }
  return Object.assign(client, { query: told })
}

/** Errors of the connection's own system calls: here they can only be the database's. */
const connectionErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
])

function throwOutage(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  throw findOutage(error) ?? (connectionErrors.has(code) ? away('database', error) : error)
}
