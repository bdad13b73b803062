import pg from 'pg'

/** The application's role and its database. The role is an ordinary one: it owns the database and may do nothing beside. */
export const applicationRole = 'heavylift'
export const applicationDatabase = 'heavylift'
/** The superuser that `initdb` makes. Only this module connects as it. */
export const superuser = 'postgres'
/** Moves a folder of an earlier release, whose superuser is the application's role and cannot rename itself. */
const mover = 'heavylift_mover'

/** Held while roles are made or moved, in the database `postgres`. */
const roleLock = 'pg_advisory_lock(18516, 2)'

export interface RoleSecrets {
  port: number
  /** Of the application's role. */
  password: string
  superuserPassword: string
}

export function connectionUrl(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Whether a failure to connect may mean that the role is not there yet. */
export function isRoleMissing(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '28P01' || error.code === '28000')
}

/**
 * Makes the application's role and its database on a new cluster. The role comes last and with its database, so whoever can connect as it
 * finds both. `createsDatabases`: for the tests' server. Safe to call from several processes at once and after a kill.
 */
export async function makeApplicationRole(secrets: RoleSecrets, createsDatabases: boolean): Promise<void> {
  const url = connectionUrl(superuser, secrets.superuserPassword, secrets.port, 'postgres')
  await withClient(url, async (client) => {
    await client.query(`SELECT ${roleLock}`)
    if (await isThere(client, 'pg_roles', 'rolname', applicationRole)) return
    if (!(await isThere(client, 'pg_database', 'datname', applicationDatabase)))
      await client.query(`CREATE DATABASE ${applicationDatabase}`)
    await inTransaction(client, async () => {
      await client.query(createRole(secrets.password, createsDatabases))
      await client.query(`ALTER DATABASE ${applicationDatabase} OWNER TO ${applicationRole}`)
    })
  })
}

/**
 * Takes the superuser's right from the application's role of a folder that an earlier release made. There the role is the one of `initdb`,
 * which PostgreSQL does not let go of its right; so that one becomes `postgres`, a new role gets the old name, and the database with all
 * in it. One transaction: a kill leaves the old state or the new one.
 */
export async function demoteApplicationRole(secrets: RoleSecrets): Promise<void> {
  const { port, password, superuserPassword } = secrets
  const old = connectionUrl(applicationRole, password, port, 'postgres')
  await withClient(old, async (guard) => {
    await guard.query(`SELECT ${roleLock}`)
    // Another process may have moved it while we waited: our own session keeps the right that it began with.
    if (!(await isSuperuser(guard))) return
    if (!(await isThere(guard, 'pg_database', 'datname', applicationDatabase)))
      await guard.query(`CREATE DATABASE ${applicationDatabase}`)
    await guard.query(`DROP ROLE IF EXISTS ${mover}`)
    await guard.query(`CREATE ROLE ${mover} SUPERUSER LOGIN PASSWORD ${pg.escapeLiteral(superuserPassword)}`)
    const url = connectionUrl(mover, superuserPassword, port, applicationDatabase)
    await withClient(url, (client) => inTransaction(client, () => move(client, secrets)))
    await guard.query(`DROP ROLE ${mover}`)
  })
}

async function move(client: pg.Client, { password, superuserPassword }: RoleSecrets): Promise<void> {
  await client.query("SET LOCAL search_path = ''")
  const { rows } = await client.query<{ statement: string }>(ownedByApplication)
  await client.query(`ALTER ROLE ${applicationRole} RENAME TO ${superuser}`)
  await client.query(`ALTER ROLE ${superuser} PASSWORD ${pg.escapeLiteral(superuserPassword)}`)
  await client.query(createRole(password, false))
  await client.query(`ALTER DATABASE ${applicationDatabase} OWNER TO ${applicationRole}`)
  for (const { statement } of rows) await client.query(statement)
  // Should a kill leave it there, it is nothing any more.
  await client.query(`ALTER ROLE ${mover} NOSUPERUSER NOLOGIN PASSWORD NULL`)
}

/** REASSIGN OWNED refuses the role of `initdb`, which owns the system's own objects too; so each is named. */
const ownedByApplication = `
  SELECT 'ALTER ' || object || ' OWNER TO ${applicationRole}' AS statement FROM (
  WITH space AS (
    SELECT oid, nspname, nspowner FROM pg_catalog.pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  ), self AS (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = '${applicationRole}')
  SELECT 'SCHEMA ' || quote_ident(nspname) AS object FROM space, self WHERE nspowner = self.oid
  UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE ' WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW '
    WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass
  FROM pg_catalog.pg_class c JOIN space ON space.oid = relnamespace, self
  WHERE relowner = self.oid AND relkind IN ('r', 'p', 'S', 'v', 'm', 'f')
    -- The sequence of a column goes with its table.
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE classid = 'pg_catalog.pg_class'::regclass
      AND objid = c.oid AND relkind = 'S' AND deptype IN ('a', 'i') AND refobjsubid > 0)
  UNION ALL
  SELECT 'ROUTINE ' || p.oid::regprocedure
  FROM pg_catalog.pg_proc p JOIN space ON space.oid = pronamespace, self WHERE proowner = self.oid
  UNION ALL
  SELECT 'TYPE ' || t.oid::regtype
  FROM pg_catalog.pg_type t JOIN space ON space.oid = typnamespace, self
  WHERE typowner = self.oid AND (typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND EXISTS (
    SELECT FROM pg_catalog.pg_class WHERE oid = typrelid AND relkind = 'c')))
  ) AS owned`

/** Of the role by its name, as it is now. */
export async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    'SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = $1',
    [applicationRole],
  )
  return rows[0]?.rolsuper === true
}

function createRole(password: string, createsDatabases: boolean): string {
  const rights = `NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS ${createsDatabases ? 'CREATEDB' : 'NOCREATEDB'}`
  return `CREATE ROLE ${applicationRole} LOGIN ${rights} PASSWORD ${pg.escapeLiteral(password)}`
}

async function isThere(client: pg.Client, table: string, column: string, name: string): Promise<boolean> {
  return (await client.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [name])).rowCount !== 0
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  // After a failure the end of the connection rolls back.
  await work()
  await client.query('COMMIT')
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'heavylift-roles',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
