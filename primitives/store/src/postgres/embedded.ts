import { spawn, type ChildProcess } from 'node:child_process'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { HeavyliftError, type Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { lockAmong } from '@heavylift/core/runtime/file-lock'
import pg from 'pg'
import { type Binaries, findBinaries } from './binaries.ts'
import { type DataFolder, initialise, openFolder, settleFolder } from './data-folder.ts'
import { type Guard, placeGuard } from './guard.ts'
import { keepMembership, type Membership } from './membership.ts'
import { parsePostmasterFile } from './postmaster-file.ts'
import { isAlive, isPostmasterOf, waitForExit } from './process.ts'
import {
  applicationDatabase,
  applicationRole,
  connectionUrl,
  demoteApplicationRole,
  isRoleMissing,
  isSuperuser,
  makeApplicationRole,
} from './roles.ts'
import { toSpawnUser, chooseUser, type RunAs } from './run-as.ts'
import { listServerSettings, throwawaySettings } from './settings.ts'

export interface EmbeddedPostgres {
  /** Connection URL of the application's role, an ordinary one, with its password; database `heavylift`, which it owns. */
  url: string
  /** Process id of the server. */
  pid: number
  /** Whether the server was running already, started by another process or left by one that was killed. */
  isAdopted: boolean
  /** Leaves the server; the last process that does stops it. Safe to call twice. */
  close(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Absolute path, e.g. `<clone>/.heavylift/postgres`. Created when missing. */
  dir: string
  log: Logger
  /** Trades durability for speed; for tests only. */
  throwaway?: boolean
  /** The role of a new folder may create databases; for tests only. */
  createsDatabases?: boolean
  /** How long a start may take, recovery after a crash included. Default 60 s. */
  timeoutMs?: number
}

/** Each process that uses the server holds it shared; whoever gets it exclusively is the last and stops the server. */
const USE_LOCK = 'pg_%s(18516, 1)'
const useLock = (call: string) => USE_LOCK.replace('%s', call)

interface Running {
  pid: number
  port: number
  /** Holds the shared lock for as long as we use the server. */
  session: pg.Client
}

/**
 * Starts PostgreSQL from npm's binaries on a folder, or joins the server that runs on it already.
 * Listens on 127.0.0.1 only, on a free port. Safe to call from several processes at once.
 * @throws HeavyliftError `postgres-…` with what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dir, log } = options
  const startedMs = performance.now()
  const runAs = await chooseUser(join(dir, 'data'), log)
  const binaries = await findBinaries(runAs)
  const folder = await openFolder(await settleFolder(dir, runAs, log))
  const release = shareFolder(folder.root)
  try {
    return await startOn(folder, { binaries, runAs, startedMs, release }, options)
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Holds the folder together with the processes that see our ids. Those of another container would take our server, whose id they cannot
 * see, for dead, and start a second one on the same files.
 */
function shareFolder(root: string): () => void {
  const release = lockAmong(join(root, 'in-use.lock'))
  if (release !== null) return release
  throw new HeavyliftError({
    code: 'postgres-used-elsewhere',
    message: `${root} is in use by another container or machine. Run this there, stop that one first, or set DATABASE_URL to a PostgreSQL that both can reach.`,
  })
}

async function startOn(
  folder: DataFolder,
  {
    binaries,
    runAs,
    startedMs,
    release,
  }: { binaries: Binaries; runAs: RunAs | null; startedMs: number; release: () => void },
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log, throwaway = false } = options
  await initialise(folder, binaries, runAs, { throwaway })
  const pidFile = join(folder.data, 'postmaster.pid')
  const deadline = startedMs + (options.timeoutMs ?? 60_000)
  let isAdopted = true
  let running: Running | null = null
  let lastFailure = ''
  let incompleteUntilMs: number | null = null
  // Each round either joins a running server or starts one; a server that is just starting or stopping costs more rounds.
  while (running === null) {
    if (performance.now() > deadline) {
      throw new HeavyliftError({
        code: 'postgres-start-timeout',
        message: `PostgreSQL did not become ready. Its log is ${folder.log}. ${lastFailure}`.trim(),
      })
    }
    const text = await readFile(pidFile, 'utf8').catch(() => null)
    const found = parsePostmasterFile(text ?? '')
    if (found && (await isAlive(found.pid)) && (await isPostmasterOf(found.pid, folder.data))) {
      const joined = await joinServer(found.pid, found.port, folder, options.createsDatabases)
      if (joined instanceof Error) {
        lastFailure = joined.message
        await sleep(25)
      } else running = joined
      continue
    }
    // A server writes its file at once; one that stays incomplete was left by a kill or a full disk.
    if (
      text !== null &&
      found === null &&
      performance.now() < (incompleteUntilMs ??= performance.now() + 500)
    ) {
      await sleep(25)
      continue
    }
    // The recorded process is gone or, after a reboot, somebody else's: PostgreSQL would refuse to start over the latter.
    if (text !== null) await rm(pidFile, { force: true })
    isAdopted = false
    const failure = await launch(folder, binaries, runAs, pidFile, deadline, throwaway)
    if (failure !== null) {
      lastFailure = failure
      await sleep(50)
    }
  }

  const guard = await placeGuard(folder.leases, running.pid, pidFile)
  log.info(
    { pid: running.pid, port: running.port, isAdopted, startMs: Math.round(performance.now() - startedMs) },
    'PostgreSQL is ready',
  )
  const { pid, port, session } = running
  const membership = keepMembership(session, pid, () => joinAgain(pid, port, folder), log)
  let closing: Promise<void> | null = null
  return {
    url: connectionUrl(applicationRole, folder.password, port, applicationDatabase),
    pid,
    isAdopted,
    close: () => (closing ??= leave(pid, membership, guard, log).finally(release)),
  }
}

/** Connects and takes the shared lock; an error means "not yet" or "not any more". Roles that are missing or of an earlier release are put right. */
async function joinServer(
  pid: number,
  port: number,
  folder: DataFolder,
  createsDatabases = false,
): Promise<Running | Error> {
  const { password, superuserPassword } = folder
  const secrets = { port, password, superuserPassword }
  const session = new pg.Client({
    connectionString: connectionUrl(applicationRole, password, port, 'postgres'),
    application_name: 'heavylift-lease',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  session.on('error', () => undefined)
  try {
    await session.connect()
    if (await isSuperuser(session)) {
      await session.end()
      await demoteApplicationRole(secrets)
      return new Error('The roles were put right.')
    }
    // Waits while another process stops the server, and then fails with its connection.
    await session.query(`SELECT ${useLock('advisory_lock_shared')}`)
    return { pid, port, session }
  } catch (error) {
    await session.end().catch(() => undefined)
    if (isRoleMissing(error)) {
      const made = await makeApplicationRole(secrets, createsDatabases).catch((cause: unknown) => cause)
      // Where that fails as well, it is the password that is wrong.
      if (made === undefined) return new Error('The roles were put right.')
    }
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Null once the server is ready; else why it was not, where another attempt may help. */
async function launch(
  folder: DataFolder,
  binaries: Binaries,
  runAs: RunAs | null,
  pidFile: string,
  deadline: number,
  throwaway: boolean,
): Promise<string | null> {
  const port = await freePort()
  const settings = { ...listServerSettings(), ...(throwaway ? throwawaySettings : {}) }
  const log = await openLog(folder.log)
  const logStart = (await log.stat()).size
  let child: ChildProcess
  try {
    child = spawn(
      binaries.postgres,
      [
        '-D',
        folder.data,
        '-p',
        String(port),
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      {
        cwd: '/',
        env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
        // A session of its own: Ctrl-C in the terminal reaches us, and we stop the server when we are done with it.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        ...toSpawnUser(runAs),
      },
    )
  } finally {
    await log.close()
  }
  child.unref()
  let ended: string | null = null
  child.on('error', (error) => (ended = error.message))
  child.on('exit', (code, signal) => (ended = `exit ${code ?? signal}`))
  while (ended === null && performance.now() < deadline) {
    const file = parsePostmasterFile(await readFile(pidFile, 'utf8').catch(() => ''))
    if (file !== null && file.pid === child.pid && file.status === 'ready') return null
    await sleep(10)
  }
  const tail = (await readFile(folder.log, 'utf8').catch(() => '')).slice(logStart).trim()
  const mayPass =
    /could not bind|lock file ".*" already exists|pre-existing shared memory block|another server/i.test(tail)
  if (ended !== null && !mayPass) {
    throw new HeavyliftError({
      code: 'postgres-start-failed',
      message: `PostgreSQL did not start (${String(ended)}): ${tail.slice(-1000) || 'it wrote no log'}. Its log is ${folder.log}.`,
    })
  }
  return tail.slice(-300)
}

async function joinAgain(pid: number, port: number, folder: DataFolder): Promise<pg.Client | null> {
  const joined = await joinServer(pid, port, folder)
  return joined instanceof Error ? null : joined.session
}

async function leave(pid: number, membership: Membership, guard: Guard, log: Logger): Promise<void> {
  await guard.dismiss()
  // A session that PostgreSQL has just ended looks whole until it is used; then the next one decides.
  for (let attempt = 0; attempt < 3; attempt++) {
    const session = await membership.leave()
    if (session === null) return
    try {
      await session.query(`SELECT ${useLock('advisory_unlock_shared')}`)
      const result = await session.query<{ last: boolean }>(`SELECT ${useLock('try_advisory_lock')} AS last`)
      // The server that we stop ends this session too, which is no news.
      if (result.rows[0]?.last === true) await stop(pid, log)
      return await session.end().catch(() => undefined)
    } catch (error) {
      log.debug({ error: String(error) }, 'PostgreSQL ended our session as we left')
      await session.end().catch(() => undefined)
    }
  }
}

async function stop(pid: number, log: Logger): Promise<void> {
  // SIGINT is PostgreSQL's "fast" shutdown: ends sessions, writes a checkpoint. SIGQUIT leaves recovery to the next start.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await waitForExit(pid, 30_000)) return
    log.warn({ pid, signal }, 'PostgreSQL did not stop in time')
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return address.port
}

const MAX_LOG_BYTES = 8 * 1024 * 1024

/** Appends; an old log that has grown large is kept once beside it. */
async function openLog(path: string) {
  const size = (await stat(path).catch(() => null))?.size ?? 0
  if (size > MAX_LOG_BYTES) await rename(path, `${path}.1`)
  return await open(path, 'a', 0o600)
}
