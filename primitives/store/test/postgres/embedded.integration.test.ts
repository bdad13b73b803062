import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { silentLogger, type HeavyliftError } from '@heavylift/core'
import { lockAlone } from '@heavylift/core/runtime/file-lock'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findBinaries } from '../../src/postgres/binaries.ts'
import { chooseUser, toSpawnUser } from '../../src/postgres/run-as.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/postgres/embedded.ts'
import { isAlive, waitForExit } from '../../src/postgres/process.ts'
import { startThroughKills, waitForChild } from './start-through-kills.ts'

const isRoot = process.getuid?.() === 0
let base: string
let dir: string
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'heavylift-embedded-'))
  await chmod(base, 0o755)
  dir = join(base, 'postgres')
})

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  // An orphaned initdb may still write for a moment.
  await rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

async function start(onGone?: (error: HeavyliftError) => void): Promise<EmbeddedPostgres> {
  const more = onGone ? { onGone } : {}
  const server = await startEmbeddedPostgres({ dir, log: silentLogger, throwaway: true, ...more })
  servers.push(server)
  return server
}

/** A process of its own that uses the server. */
async function startChild(): Promise<{
  process: ChildProcess
  pid: number
  url: string
  isAdopted: boolean
}> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) {
    const said: { pid: number; url: string; isAdopted: boolean } = JSON.parse(line)
    return { process: child, ...said }
  }
  throw new Error('The child ended before it was ready.')
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** The address as the superuser, whose password only the folder's owner reads. */
async function asSuperuser({ url }: EmbeddedPostgres): Promise<string> {
  const address = new URL(url)
  address.username = 'postgres'
  address.password = await readFile(join(dir, 'superuser-password'), 'utf8')
  return address.href
}

test('keeps data over a stop and a start, and leaves no process [STORE-POSTGRES-01]', async () => {
  const first = await start()
  await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')
  await first.close()
  expect(await isAlive(first.pid)).toBe(false)
  const second = await start()
  expect(second.isAdopted).toBe(false)
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
})

test('listens on loopback only, asks for the password, and keeps it from other users [STORE-POSTGRES-02]', async () => {
  const server = await start()
  expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await query(await asSuperuser(server), 'SHOW unix_socket_directories')).toEqual([
    { unix_socket_directories: '' },
  ])
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  expect((await stat(join(dir, 'password'))).mode & 0o777).toBe(0o600)
  expect((await readFile(join(dir, 'password'), 'utf8')).length).toBeGreaterThanOrEqual(32)
  expect((await stat(join(dir, 'data'))).mode & 0o077).toBe(0)
})

test('a second process joins the running server, and the last one to leave stops it [STORE-POSTGRES-04]', async () => {
  const child = await startChild()
  const server = await start()
  expect(server).toMatchObject({ pid: child.pid, isAdopted: true })
  child.process.kill('SIGTERM')
  await waitForChild(child.process)
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await server.close()
  expect(await isAlive(child.pid)).toBe(false)
})

test('processes that start at the same moment share one server [STORE-POSTGRES-04]', async () => {
  const started = await Promise.all([startChild(), startChild(), start()])
  expect(new Set(started.map(({ pid }) => pid)).size).toBe(1)
  expect(started.filter(({ isAdopted }) => !isAdopted).length).toBe(1)
  expect((await readdir(dir)).filter((name) => name.startsWith('initialising'))).toEqual([])
})

test('a process that is killed leaves no server behind [STORE-POSTGRES-03]', async () => {
  const child = await startChild()
  child.process.kill('SIGKILL')
  expect(await waitForExit(child.pid, 10_000)).toBe(true)
  const server = await start()
  expect(server.isAdopted).toBe(false)
})

test('a killed process does not take the server from one that still uses it', async () => {
  const child = await startChild()
  const server = await start()
  child.process.kill('SIGKILL')
  await waitForChild(child.process)
  await wait(300)
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('adopts a server whose process and guard were both killed', async () => {
  const child = await startChild()
  // A lease of a live process makes the guard stand back, as if it had been killed too.
  await writeFile(join(dir, 'leases', `${process.pid}.stand-in`), '')
  child.process.kill('SIGKILL')
  await waitForChild(child.process)
  await wait(200)
  const server = await start()
  expect(server).toMatchObject({ pid: child.pid, isAdopted: true })
  await server.close()
  expect(await isAlive(child.pid)).toBe(false)
})

test('starts after the server itself was killed [STORE-POSTGRES-03]', async () => {
  const first = await start()
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  await query(await asSuperuser(first), 'CHECKPOINT')
  process.kill(first.pid, 'SIGKILL')
  await waitForExit(first.pid, 10_000)
  const second = await start()
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
})

test('only one at a time replaces a killed server: the file of the new one stays [STORE-POSTGRES-07]', async () => {
  const { pid: killed } = await start()
  const release = lockAlone(join(dir, 'launch.lock'))
  expect(release).not.toBeNull()
  process.kill(killed, 'SIGKILL')
  await waitForExit(killed, 10_000)
  const file = join(dir, 'data', 'postmaster.pid')
  const left = await readFile(file, 'utf8')
  const second = start()
  await wait(1_500)
  expect(await readFile(file, 'utf8')).toBe(left)
  release?.()
  expect((await second).pid).not.toBe(killed)
})

test('a server that is killed while it is used is started again at the same address, by whoever of its users is first [STORE-POSTGRES-07]', async () => {
  const server = await start()
  const child = await startChild()
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  await query(await asSuperuser(server), 'CHECKPOINT')
  for (let time = 0; time < 2; time++) {
    const { pid } = server
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(
      async () => {
        expect(server.pid).not.toBe(pid)
        expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
      },
      { timeout: 30_000, interval: 50 },
    )
  }
  // Both are its users again: it outlives the one and not the other.
  child.process.kill('SIGTERM')
  await waitForChild(child.process)
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await server.close()
  expect(await isAlive(server.pid)).toBe(false)
})

test('a server that cannot be started again is given up after a few times, with a sentence [STORE-POSTGRES-07]', async () => {
  const gone = Promise.withResolvers<HeavyliftError>()
  const server = await start(gone.resolve)
  const control = join(dir, 'data', 'global', 'pg_control')
  await rename(control, `${control}.away`)
  process.kill(server.pid, 'SIGKILL')
  const error = await gone.promise
  expect(error.code).toBe('postgres-gone')
  expect(error.message).toMatch(/^PostgreSQL ended again and again .*pg_control.*then start again\.$/s)
  await server.close()
})

test("starts over a stale postmaster.pid that names somebody else's process [STORE-POSTGRES-03]", async () => {
  await (await start()).close()
  await writeFile(
    join(dir, 'data', 'postmaster.pid'),
    `${process.pid}\n${join(dir, 'data')}\n1700000000\n5432\n\n127.0.0.1\n  123 456\nready   \n`,
  )
  const server = await start()
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a session that the server ends does not give up its place among the users', async () => {
  const server = await start()
  const child = await startChild()
  await query(
    server.url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heavylift-lease'",
  )
  // Time to join again; leaving would otherwise do it too, and hide a place that was lost.
  await wait(1_000)
  child.process.kill('SIGTERM')
  await waitForChild(child.process)
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await query(
    server.url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heavylift-lease'",
  )
  await server.close()
  expect(await isAlive(server.pid)).toBe(false)
})

test('starts over an empty postmaster.pid', async () => {
  await (await start()).close()
  await writeFile(join(dir, 'data', 'postmaster.pid'), '')
  const server = await start()
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a kill at any moment of the first start leaves a folder that starts [STORE-POSTGRES-03]', () =>
  // Before, in and after the initialisation.
  startThroughKills([150, 600, 1_300]))

test('removes what an initialisation left when it was killed', async () => {
  const gone = spawn('true')
  await waitForChild(gone)
  await mkdir(join(dir, `initialising-${gone.pid}-abcd`, 'data'), { recursive: true })
  await start()
  expect((await readdir(dir)).filter((name) => name.startsWith('initialising'))).toEqual([])
})

test('says what to do when the data is of another version, or the password is gone', async () => {
  await (await start()).close()
  const version = join(dir, 'data', 'PG_VERSION')
  const before = await readFile(version, 'utf8')
  await writeFile(version, '12\n')
  await expect(start()).rejects.toMatchObject({ code: 'postgres-data-version' })
  await writeFile(version, before)
  await rm(join(dir, 'password'))
  await expect(start()).rejects.toMatchObject({ code: 'postgres-password-missing' })
})

test.runIf(isRoot)('as root in a folder that nobody else may enter, keeps the files elsewhere', async () => {
  await chmod(base, 0o700)
  const first = await start()
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  expect((await lstat(dir)).isSymbolicLink()).toBe(true)
  await first.close()
  const second = await start()
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  await second.close()
  await rm(await realpath(dir), { recursive: true })
  const third = await start()
  expect(await query(third.url, "SELECT to_regclass('kept') AS kept")).toEqual([{ kept: null }])
  await third.close()
  await rm(await realpath(dir), { recursive: true })
})

/** What only a superuser may do, and what leads there. */
const superuserOnly = [
  "COPY (SELECT 1) TO PROGRAM 'true'",
  "COPY taken FROM PROGRAM 'id'",
  "COPY taken FROM '/etc/hostname'",
  "SELECT pg_read_file('/etc/hostname')",
  "SELECT pg_ls_dir('/')",
  "SELECT lo_import('/etc/hostname')",
  "ALTER SYSTEM SET work_mem = '1GB'",
  'SELECT rolpassword FROM pg_authid',
  'ALTER ROLE heavylift SUPERUSER',
  'SET ROLE postgres',
  'CREATE ROLE other SUPERUSER',
  'CREATE DATABASE other',
  "SET session_replication_role = 'replica'",
]

async function expectOrdinaryRole(server: EmbeddedPostgres): Promise<void> {
  await query(server.url, 'CREATE TABLE taken (line text)')
  for (const statement of superuserOnly)
    await expect(query(server.url, statement), statement).rejects.toThrow(
      /permission denied|must be superuser|permission to/i,
    )
  expect(await query(server.url, 'SELECT line FROM taken')).toEqual([])
  const roles = 'SELECT rolname, rolsuper FROM pg_roles WHERE rolcanlogin ORDER BY 1'
  expect(await query(server.url, roles)).toEqual([
    { rolname: 'heavylift', rolsuper: false },
    { rolname: 'postgres', rolsuper: true },
  ])
  expect((await stat(join(dir, 'superuser-password'))).mode & 0o777).toBe(0o600)
  expect(await query(await asSuperuser(server), 'SELECT current_user')).toEqual([
    { current_user: 'postgres' },
  ])
}

test("the application's role owns its database and is no superuser: no program, no file, no setting [STORE-POSTGRES-06]", async () => {
  const server = await start()
  await expectOrdinaryRole(server)
  await query(server.url, 'CREATE SCHEMA own; CREATE TABLE own.kept (id serial, at timestamptz)')
})

test('a folder whose role is a superuser, as an earlier release left it, gets an ordinary one and keeps its data [STORE-POSTGRES-06]', async () => {
  await makeOldFolder([
    // As a start left it that was killed on the way.
    "CREATE ROLE heavylift_mover SUPERUSER LOGIN PASSWORD 'other';",
    'CREATE SCHEMA shop;',
    'CREATE TABLE shop.item (id bigserial PRIMARY KEY, kind text, "Odd Name" int);',
    "CREATE TYPE shop.kind AS ENUM ('a');",
    'CREATE SEQUENCE shop.free;',
    'CREATE VIEW shop.seen AS SELECT id FROM shop.item;',
    "CREATE FUNCTION shop.one(n int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "INSERT INTO shop.item (kind) VALUES ('kept');",
    'CREATE TABLE "Odd Table" (n int);',
  ])
  // Several at once, as two processes of one installation start.
  const started = await Promise.all([startChild(), start(), startChild()])
  const server = started[1]
  await expectOrdinaryRole(server)
  const changes = [
    "INSERT INTO shop.item (kind) VALUES ('new')",
    'ALTER TABLE shop.item ADD COLUMN more int',
    "ALTER TYPE shop.kind ADD VALUE 'b'",
    "SELECT nextval('shop.free')",
    'DROP VIEW shop.seen',
    'DROP FUNCTION shop.one',
    'DROP TABLE "Odd Table"',
    'CREATE SCHEMA later',
  ]
  for (const change of changes) await query(server.url, change)
  expect(await query(server.url, 'SELECT kind FROM shop.item ORDER BY id')).toEqual([
    { kind: 'kept' },
    { kind: 'new' },
  ])
  const foreign = `SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text !~ '^pg_|^information_schema$'
    AND pg_get_userbyid(relowner) <> 'heavylift'`
  expect(await query(server.url, foreign)).toEqual([])
  for (const child of children.splice(0)) {
    child.kill('SIGTERM')
    await waitForChild(child)
  }
  await server.close()
  expect(await query((await start()).url, 'SELECT count(*)::int AS n FROM shop.item')).toEqual([{ n: 2 }])
})

/** A folder with one role, a superuser, and its database. */
async function makeOldFolder(statements: string[]): Promise<void> {
  const runAs = await chooseUser(join(dir, 'data'), silentLogger)
  const { initdb, postgres } = await findBinaries(runAs)
  await mkdir(dir)
  await writeFile(join(dir, 'password'), 'of-the-old-role', { mode: 0o600 })
  const passwordFile = join(base, 'for-initdb')
  await writeFile(passwordFile, 'of-the-old-role')
  const data = join(dir, 'data')
  await mkdir(data, { mode: 0o700 })
  if (runAs) await chown(data, runAs.uid, runAs.gid)
  const options = { cwd: '/', ...toSpawnUser(runAs) }
  const parts = ['--username=heavylift', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync']
  const made = spawnSync(initdb, [`--pgdata=${data}`, ...parts], options)
  expect(made.status, String(made.stderr)).toBe(0)
  const single = (database: string, input: string) =>
    spawnSync(postgres, ['--single', '-D', data, '-c', 'exit_on_error=true', database], { ...options, input })
  expect(single('postgres', 'CREATE DATABASE heavylift;\n').status).toBe(0)
  const filled = single('heavylift', `${statements.join('\n')}\n`)
  expect(filled.status, String(filled.stderr)).toBe(0)
}
