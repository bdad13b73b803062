import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type pg from 'pg'
import type { Login } from '../credentials/authorization.ts'
import { checkFunctions } from './check-functions.ts'
import type { KnownFunction } from './check-functions.ts'
import { checkQuery } from './check-query.ts'
import type { QueryLimits } from './check-query.ts'
import { readValue } from './read-value.ts'

export interface DatabaseAddress {
  /** Of the name; what is connected to is `address`, which was checked. */
  host: string
  address: string
  port: number
  database: string
  tls: boolean
}

export interface ReadLimits extends QueryLimits {
  maxRows: number
  /** Of all that the server sends for a query. */
  maxBytes: number
  timeoutMs: number
}

export interface ReadRows {
  columns: string[]
  rows: Record<string, unknown>[]
  /** There were more rows than the limit. */
  isCut: boolean
}

/** Rows that are asked of the cursor at a time. */
const batch = 200

/**
 * Runs one checked query in a read-only transaction of its own connection. Values go as parameters and are never part of the text.
 * @throws InvalidInputError `sql-refused`, `sql-syntax`, `sql-parameters`, `sql-role-too-mighty`, or what PostgreSQL says (`sql-error`); HeavyliftError
 *   `sql-unreachable`, `answer-too-long`, `sql-too-slow`
 */
export async function readRows(
  address: DatabaseAddress,
  login: Login | null,
  query: { sql: string; parameters: readonly unknown[] },
  limits: ReadLimits,
  signal: AbortSignal,
): Promise<ReadRows> {
  const use = await checkQuery(query.sql, limits)
  if (use.parameters !== query.parameters.length)
    throw new InvalidInputError({
      code: 'sql-parameters',
      message: `The query has ${use.parameters} parameters ($1 …), and ${query.parameters.length} values came.`,
    })
  return await withReader(address, login, limits, signal, async (client) => {
    const { rows } = await client.query<KnownFunction>(functionsSql, [
      use.functions.map((name) => name.split('.').at(-1)),
      use.fields,
    ])
    checkFunctions(use, rows, limits)
    await client.query({
      ...extended,
      // The text has been parsed as one SELECT, so behind DECLARE it is one, too.
      text: `DECLARE heavylift NO SCROLL CURSOR FOR ${query.sql.replace(/;\s*$/, '')}`,
      values: query.parameters.map(asParameter),
    })
    const found: unknown[][] = []
    let fields: pg.FieldDef[] = []
    while (found.length <= limits.maxRows) {
      const most = Math.min(batch, limits.maxRows + 1 - found.length)
      const answer = await client.query<unknown[]>({
        text: `FETCH FORWARD ${most} FROM heavylift`,
        rowMode: 'array',
        types: { getTypeParser: readValue },
      })
      fields = answer.fields
      found.push(...answer.rows)
      if (answer.rows.length < most) break
    }
    const columns = uniqueNames(fields.map(({ name }) => name))
    return {
      columns,
      rows: found
        .slice(0, limits.maxRows)
        .map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null]))),
      isCut: found.length > limits.maxRows,
    }
  })
}

export interface TableDescription {
  schema: string
  table: string
  comment: string | null
  columns: { name: string; type: string; isNullable: boolean; comment: string | null }[]
}

/** The tables and views of the schemas that the login may read, with their columns. Throws as `readRows`. */
export async function describeTables(
  address: DatabaseAddress,
  login: Login | null,
  limits: ReadLimits,
  signal: AbortSignal,
): Promise<TableDescription[]> {
  return await withReader(address, login, limits, signal, async (client) => {
    const { rows } = await client.query<TableDescription>(tablesSql, [limits.schemas])
    return rows
  })
}

/** A connection in a read-only transaction, as a role that has no right beyond its tables. */
async function withReader<T>(
  { address, host, port, database, tls }: DatabaseAddress,
  login: Login | null,
  limits: ReadLimits,
  signal: AbortSignal,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { default: postgres } = await import('pg')
  const client = new postgres.Client({
    host: address,
    port,
    database,
    user: login?.user ?? '',
    password: login?.password ?? '',
    application_name: 'heavylift-tool',
    connectionTimeoutMillis: Math.min(limits.timeoutMs, 10_000),
    ssl: tls ? { servername: host, rejectUnauthorized: true } : false,
  })
  let broken: HeavyliftError | null = null
  client.on('error', () => undefined)
  const stop = (error: HeavyliftError): void => {
    broken ??= error
    socketOf(client).destroy()
  }
  let bytes = 0
  socketOf(client).on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.maxBytes) stop(tooLong(limits.maxBytes))
  })
  const late = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs + 1_000)])
  const onLate = (): void => stop(tooSlow(limits.timeoutMs))
  late.addEventListener('abort', onLate)
  try {
    await client.connect()
    await client.query('BEGIN TRANSACTION READ ONLY')
    await client.query({
      ...extended,
      text: settingsSql,
      values: [
        String(limits.timeoutMs),
        ['pg_catalog', ...limits.schemas].map((name) => `"${name.replaceAll('"', '""')}"`).join(', '),
      ],
    })
    const { rows } = await client.query<{ is_mighty: boolean }>(roleSql)
    if (rows[0]?.is_mighty !== false)
      throw new InvalidInputError({
        code: 'sql-role-too-mighty',
        message:
          'The role of this login may do more than read tables (superuser, roles, files or programs of the server). Make one that may only SELECT, and use its login.',
      })
    return await work(client)
  } catch (error) {
    throw broken ?? explain(error, limits.timeoutMs)
  } finally {
    late.removeEventListener('abort', onLate)
    await (broken === null ? client.end().catch(() => undefined) : undefined)
    socketOf(client).destroy()
  }
}

const socketOf = (client: pg.Client): import('node:net').Socket =>
  (client as unknown as { connection: { stream: import('node:net').Socket } }).connection.stream

/** The server then takes one statement and no more, whatever the text. */
const extended = { queryMode: 'extended' } as object

function asParameter(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  })
}

const tooLong = (bytes: number): HeavyliftError =>
  new HeavyliftError({
    code: 'answer-too-long',
    status: 422,
    message: `The database answered more than ${bytes} bytes. Ask for fewer rows or columns.`,
  })

const tooSlow = (ms: number): HeavyliftError =>
  new HeavyliftError({
    code: 'sql-too-slow',
    status: 504,
    isRetryable: true,
    message: `The query took more than ${ms / 1_000} s. Narrow it, or have an index made.`,
  })

function explain(error: unknown, timeoutMs: number): unknown {
  if (HeavyliftError.isInstance(error)) return error
  const { code = '', message, severity } = error as { code?: string; message: string; severity?: string }
  if (code === '57014' || code === '55P03') return tooSlow(timeoutMs)
  // Five characters and a severity: the server said no (SQLSTATE).
  if (severity !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57|28)/.test(code))
    return new InvalidInputError({
      code: 'sql-error',
      message: `PostgreSQL refuses the query (${code}): ${message}.`,
      cause: error,
    })
  return new HeavyliftError({
    code: 'sql-unreachable',
    status: 502,
    isRetryable: !code.startsWith('28'),
    message: code.startsWith('28')
      ? 'The database refuses the login. Look at the credential of this source.'
      : `The database does not answer (${message || code}).`,
    cause: error,
  })
}

const settingsSql = `
  SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true),
    set_config('idle_in_transaction_session_timeout', '60000', true), set_config('search_path', $2, true),
    set_config('standard_conforming_strings', 'on', true), set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true),
    set_config('row_security', 'on', true)`

const roleSql = `
  SELECT r.rolsuper OR r.rolcreaterole OR r.rolreplication OR r.rolbypassrls OR EXISTS (
    SELECT FROM pg_catalog.pg_roles m WHERE m.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
      'pg_signal_backend', 'pg_checkpoint', 'pg_maintain', 'pg_write_all_data', 'pg_create_subscription')
    AND pg_catalog.pg_has_role(r.oid, m.oid, 'MEMBER')) AS is_mighty
  FROM pg_catalog.pg_roles r WHERE r.rolname = current_user AND session_user = current_user`

/** Functions of the names, and those that fields could call: no column of the name is in a table of the database's own. */
const functionsSql = `
  SELECT n.nspname AS schema, p.proname AS name, p.provolatile AS volatility
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE p.proname = ANY ($1::text[]) OR (p.proname = ANY ($2::text[]) AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    WHERE a.attname = p.proname AND a.attnum > 0 AND c.relnamespace <> 'pg_catalog'::regnamespace))`

const tablesSql = `
  SELECT n.nspname AS schema, c.relname AS table, pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
    pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'isNullable', NOT a.attnotnull, 'comment', pg_catalog.col_description(c.oid, a.attnum)) ORDER BY a.attnum) AS columns
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname = ANY ($1::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  GROUP BY n.nspname, c.oid, c.relname ORDER BY n.nspname, c.relname LIMIT 500`
