import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError, type Logger } from '@heavylift/core'
import { RestartPolicy, sleep } from '@heavylift/core/async'
import { lockAmong } from '@heavylift/core/runtime/file-lock'
import { findBinaries } from './binaries.ts'
import { initialise, openFolder, settleFolder } from './data-folder.ts'
import { type Guard, placeGuard } from './guard.ts'
import { keepMembership, type Membership } from './membership.ts'
import { waitForExit } from './process.ts'
import { applicationDatabase, applicationRole, connectionUrl } from './roles.ts'
import { chooseUser } from './run-as.ts'
import {
  type Installation,
  joinOrLaunch,
  joinServer,
  pidFileOf,
  type Running,
  useLock,
} from './run-server.ts'

export interface EmbeddedPostgres {
  /** Connection URL of the application's role, an ordinary one, with its password; database `heavylift`, which it owns. */
  url: string
  /** Process id of the server; another one after a restart. */
  readonly pid: number
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
  /** Told once when the server has ended again and again and is not started any more. */
  onGone?: (error: HeavyliftError) => void
  /** How long a start may take, recovery after a crash included. Default 60 s. */
  timeoutMs?: number
}

const startTimeoutMs = 60_000

/**
 * Starts PostgreSQL from npm's binaries on a folder, or joins the server that runs on it already.
 * Listens on 127.0.0.1 only, on a free port. Safe to call from several processes at once. A server that ends although it is in use is
 * started again, on the same port; one that does so again and again is given up.
 * @throws HeavyliftError `postgres-…` with what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dir, log, throwaway = false, createsDatabases = false } = options
  const runAs = await chooseUser(join(dir, 'data'), log)
  const binaries = await findBinaries(runAs)
  const folder = await openFolder(await settleFolder(dir, runAs, log))
  const release = shareFolder(folder.root)
  try {
    await initialise(folder, binaries, runAs, { throwaway })
    return await startOn({ folder, binaries, runAs, throwaway, createsDatabases }, release, options)
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
  installation: Installation,
  release: () => void,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log } = options
  const { folder } = installation
  const startedMs = performance.now()
  const { isAdopted, ...running } = await joinOrLaunch(installation, options.timeoutMs ?? startTimeoutMs)
  const place = (pid: number): Promise<Guard> => placeGuard(folder.leases, pid, pidFileOf(folder))
  let guard = await place(running.pid)
  const { port } = running
  log.info(
    { pid: running.pid, port, isAdopted, startMs: Math.round(performance.now() - startedMs) },
    'PostgreSQL is ready',
  )
  const supervisor = new Supervisor(installation, port, options)
  const membership = keepMembership(
    running,
    {
      async join(pid) {
        const joined = await joinServer(pid, port, folder)
        return joined instanceof Error ? null : joined.session
      },
      async revive(leaving) {
        const revived = await supervisor.revive(leaving)
        if (revived === null) return null
        await guard.dismiss()
        guard = await place(revived.pid)
        return revived
      },
    },
    log,
  )
  let closing: Promise<void> | null = null
  return {
    url: connectionUrl(applicationRole, folder.password, port, applicationDatabase),
    get pid() {
      return membership.pid
    },
    isAdopted,
    close: () => (closing ??= leave(membership, () => guard.dismiss(), log).finally(release)),
  }
}

/** A segment of the write-ahead log is 16 MiB, and recovery may need two. */
const enoughDiskBytes = 32 * 1024 * 1024
const diskPollMs = 1_000

/** Starts a server again that has ended: a few times in a row, at growing intervals; as long as the disk is full, when there is room again. */
class Supervisor {
  readonly #installation: Installation
  readonly #port: number
  readonly #options: EmbeddedPostgresOptions
  readonly #policy = new RestartPolicy()
  #runningSinceMs = performance.now()

  constructor(installation: Installation, port: number, options: EmbeddedPostgresOptions) {
    this.#installation = installation
    this.#port = port
    this.#options = options
  }

  /** Null when it is given up, or `leaving` aborts. */
  async revive(leaving: AbortSignal): Promise<Running | null> {
    const { log } = this.#options
    let servedMs = performance.now() - this.#runningSinceMs
    let reason = 'it ended'
    while (!leaving.aborted) {
      if (await this.#isDiskFull()) {
        log.warn({}, 'PostgreSQL has ended and the disk is full; it is started again when there is room')
        while (!leaving.aborted && (await this.#isDiskFull())) await sleep(diskPollMs, leaving)
        continue
      }
      const delayMs = this.#policy.afterFailure(servedMs)
      if (delayMs === null) return this.#giveUp(reason)
      servedMs = 0
      await sleep(delayMs, leaving)
      if (leaving.aborted) return null
      try {
        const { isAdopted: _, ...running } = await joinOrLaunch(
          this.#installation,
          startTimeoutMs,
          this.#port,
        )
        if (running.port !== this.#port) throw new Error(`another process started it on port ${running.port}`)
        this.#runningSinceMs = performance.now()
        log.warn({ pid: running.pid, port: running.port }, 'PostgreSQL was started again')
        return running
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error)
        log.warn({ error: reason }, 'PostgreSQL could not be started again')
      }
    }
    return null
  }

  async #isDiskFull(): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#installation.folder.root)
    return bavail * bsize < enoughDiskBytes
  }

  #giveUp(reason: string): null {
    const { log, onGone } = this.#options
    const error = new HeavyliftError({
      code: 'postgres-gone',
      message: `PostgreSQL ended again and again and does not stay up (${reason.replaceAll(/\s+/g, ' ').slice(0, 300)}). Mend what its log ${this.#installation.folder.log} says, then start again.`,
    })
    log.error({ error: error.message }, 'PostgreSQL is given up')
    onGone?.(error)
    return null
  }
}

async function leave(membership: Membership, dismissGuard: () => Promise<void>, log: Logger): Promise<void> {
  // A session that PostgreSQL has just ended looks whole until it is used; then the next one decides.
  for (let attempt = 0; attempt < 3; attempt++) {
    const session = await membership.leave()
    // Not before it has left: who starts the server again places a guard.
    await dismissGuard()
    if (session === null) return
    try {
      await session.query(`SELECT ${useLock('advisory_unlock_shared')}`)
      const result = await session.query<{ last: boolean }>(`SELECT ${useLock('try_advisory_lock')} AS last`)
      // The server that we stop ends this session too, which is no news.
      if (result.rows[0]?.last === true) await stop(membership.pid, log)
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
