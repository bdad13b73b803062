import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { diskFull, HeavyliftError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { lockAlone } from '@heavylift/core/runtime/file-lock'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import type { DataFolder } from './data-folder.ts'
import { parsePostmasterFile } from './postmaster-file.ts'
import { isAlive, isPostmasterOf } from './process.ts'
import {
  applicationRole,
  connectionUrl,
  demoteApplicationRole,
  isRoleMissing,
  isSuperuser,
  makeApplicationRole,
} from './roles.ts'
import { toSpawnUser, type RunAs } from './run-as.ts'
import { listServerSettings, throwawaySettings } from './settings.ts'

/** Each process that uses the server holds it shared; whoever gets it exclusively is the last and stops the server. */
const USE_LOCK = 'pg_%s(18516, 1)'
export const useLock = (call: string) => USE_LOCK.replace('%s', call)

export interface Running {
  pid: number
  port: number
  /** Holds the shared lock for as long as we use the server. */
  session: pg.Client
}

export interface Installation {
  folder: DataFolder
  binaries: Binaries
  runAs: RunAs | null
  /** Trades durability for speed. */
  throwaway: boolean
  createsDatabases: boolean
}

export const pidFileOf = (folder: DataFolder): string => join(folder.data, 'postmaster.pid')

/**
 * Joins the server that runs on the folder, or starts one: on `port`, else on the port of a server that was killed, if it is free.
 * Each round either joins a running server or starts one; a server that is just starting or stopping costs more rounds.
 */
export async function joinOrLaunch(
  installation: Installation,
  timeoutMs: number,
  port?: number,
): Promise<Running & { isAdopted: boolean }> {
  const { folder, createsDatabases } = installation
  const pidFile = pidFileOf(folder)
  const deadline = performance.now() + timeoutMs
  let wanted = port
  let isAdopted = true
  let running: Running | null = null
  let lastFailure = ''
  let incompleteUntilMs: number | null = null
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
      const joined = await joinServer(found.pid, found.port, folder, createsDatabases)
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
    // One at a time: the file that another has just removed and its server written anew must not go as well.
    const release = lockAlone(join(folder.root, 'launch.lock'))
    if (release === null) {
      await sleep(25)
      continue
    }
    try {
      if ((await readFile(pidFile, 'utf8').catch(() => null)) !== text) continue
      // The recorded process is gone or, after a reboot, somebody else's: PostgreSQL would refuse to start over the latter.
      if (text !== null) await rm(pidFile, { force: true })
      // Others know the killed server by its port, and wait for it there.
      wanted ??= found?.port
      isAdopted = false
      const failure = await launch(installation, wanted ?? (await freePort()), deadline)
      if (failure !== null) {
        lastFailure = failure
        wanted = port
        await sleep(50)
      }
    } finally {
      release()
    }
  }

  return { ...running, isAdopted }
}

/** Connects and takes the shared lock; an error means "not yet" or "not any more". Roles that are missing or of an earlier release are put right. */
export async function joinServer(
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
  { folder, binaries, runAs, throwaway }: Installation,
  port: number,
  deadline: number,
): Promise<string | null> {
  const pidFile = pidFileOf(folder)
  const settings = { ...listServerSettings(), ...(throwaway ? throwawaySettings : {}) }
  const log = await openLog(folder.log)
  const logStart = (await log.stat()).size
  let child: ChildProcess
  let ended: string | null = null
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
    // At once: one that refuses to start ends sooner than a file is closed.
    child.on('error', (error) => (ended = error.message))
    child.on('exit', (code, signal) => (ended = `exit ${code ?? signal}`))
  } finally {
    await log.close()
  }
  child.unref()
  while (ended === null && performance.now() < deadline) {
    const file = parsePostmasterFile(await readFile(pidFile, 'utf8').catch(() => ''))
    if (file !== null && file.pid === child.pid && file.status === 'ready') return null
    await sleep(10)
  }
  const tail = (await readFile(folder.log, 'utf8').catch(() => '')).slice(logStart).trim()
  const mayPass =
    /could not bind|lock file ".*" already exists|pre-existing shared memory block|another server/i.test(tail)
  if (ended !== null && /No space left on device/.test(tail)) throw diskFull(new Error(tail.slice(-1000)))
  if (ended !== null && !mayPass) {
    throw new HeavyliftError({
      code: 'postgres-start-failed',
      message: `PostgreSQL did not start (${String(ended)}): ${tail.slice(-1000) || 'it wrote no log'}. Its log is ${folder.log}.`,
    })
  }
  return tail.slice(-300)
}

/** Below the ports that systems give to outgoing connections: one of those would keep a server from coming back at its address. */
const PORTS = { from: 20_000, to: 32_000 }

async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(PORTS.from, PORTS.to)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
  throw new HeavyliftError({
    code: 'postgres-port-taken',
    message: `PostgreSQL found no free port from ${PORTS.from} to ${PORTS.to} on 127.0.0.1. End what holds them, then start again.`,
  })
}

const MAX_LOG_BYTES = 8 * 1024 * 1024

/** Appends; an old log that has grown large is kept once beside it. */
async function openLog(path: string) {
  const size = (await stat(path).catch(() => null))?.size ?? 0
  if (size > MAX_LOG_BYTES) await rename(path, `${path}.1`)
  return await open(path, 'a', 0o600)
}
