import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HeavyliftError, type Logger } from '@heavylift/core'
import { type Binaries, systemFolder } from './binaries.ts'
import { isAlive } from './process.ts'
import { superuser } from './roles.ts'
import { toSpawnUser, canEnter, type RunAs } from './run-as.ts'

/** What lies in the folder; `data` appears by one rename when it is complete, so there is no half of it. */
export interface DataFolder {
  root: string
  data: string
  log: string
  /** One empty file for each process that uses the server, named `<pid>.<n>`. */
  leases: string
  /** Of the application's role. */
  password: string
  superuserPassword: string
}

/**
 * The folder that the server's files live in: `dir` itself, or, when the user that PostgreSQL runs as cannot enter it
 * (a clone below `/root`), a folder below `/var/lib/heavylift` that `dir` then links to.
 */
export async function settleFolder(dir: string, runAs: RunAs | null, log: Logger): Promise<string> {
  const entry = await lstat(dir).catch(() => null)
  if (entry?.isSymbolicLink()) {
    const target = await realpath(dir).catch(() => null)
    if (target !== null) return target
    log.warn({ dir }, 'the folder that this link names is gone; PostgreSQL starts empty')
    await rm(dir)
  }
  await mkdir(dir, { recursive: true, mode: 0o755 })
  if (canEnter(dir, runAs)) return await realpath(dir)
  const target = join(systemFolder, randomBytes(6).toString('hex'))
  try {
    await mkdir(systemFolder, { recursive: true, mode: 0o755 })
    await mkdir(target, { mode: 0o755 })
    await rmdir(dir)
    await symlink(target, dir)
  } catch (cause) {
    await rm(target, { recursive: true, force: true })
    // A process that started beside us made the link first.
    if ((await lstat(dir).catch(() => null))?.isSymbolicLink()) return await realpath(dir)
    throw new HeavyliftError({
      code: 'postgres-folder-unreachable',
      message: `PostgreSQL's own user cannot enter ${dir}, and ${systemFolder} cannot be used instead. Move the clone to a folder that others may enter, start as a normal user, or set DATABASE_URL.`,
      cause,
    })
  }
  log.info({ dir, target }, 'PostgreSQL keeps its files here, because its own user cannot enter the clone')
  return target
}

/** Names the parts and creates those that exist before the data does. */
export async function openFolder(root: string): Promise<DataFolder> {
  const leases = join(root, 'leases')
  await mkdir(leases, { recursive: true })
  const passwordFile = join(root, 'password')
  const data = join(root, 'data')
  if (
    (await readFile(passwordFile, 'utf8').catch(() => null)) === null &&
    (await lstat(data).catch(() => null))
  ) {
    throw new HeavyliftError({
      code: 'postgres-password-missing',
      message: `${passwordFile} is gone or not readable, but the database is there. Restore the file, start as the user that owns it, or move ${root} away to start empty.`,
    })
  }
  const password = await keepPassword(passwordFile)
  const superuserPassword = await keepPassword(join(root, 'superuser-password'))
  return { root, data, log: join(root, 'postgres.log'), leases, password, superuserPassword }
}

/** The password in the file, made where there is none. */
async function keepPassword(file: string): Promise<string> {
  const existing = await readFile(file, 'utf8').catch(() => null)
  if (existing !== null) return existing.trim()
  // Written aside and linked: two processes that start at once agree on the one that was first.
  const staging = join(dirname(file), `password-${process.pid}-${randomBytes(4).toString('hex')}`)
  await writeFile(staging, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await link(staging, file).catch(() => undefined)
  await rm(staging)
  return (await readFile(file, 'utf8')).trim()
}

/**
 * Makes sure that `data` holds an initialised cluster. A kill at any moment leaves either none or a whole one, since
 * `initdb` works in a folder beside it that is renamed at the end.
 */
export async function initialise(
  folder: DataFolder,
  binaries: Binaries,
  runAs: RunAs | null,
  options: { throwaway: boolean },
): Promise<void> {
  await removeLeftovers(folder.root)
  const existing = await lstat(folder.data).catch(() => null)
  if (existing) return await checkExisting(folder, binaries, existing.uid, runAs)

  const staging = join(folder.root, `initialising-${process.pid}-${randomBytes(4).toString('hex')}`)
  await mkdir(staging, { mode: 0o700 })
  try {
    const passwordFile = join(staging, 'password')
    await writeFile(passwordFile, folder.superuserPassword, { mode: 0o600 })
    if (runAs) {
      await chown(passwordFile, runAs.uid, runAs.gid)
      await chown(staging, runAs.uid, runAs.gid)
    }
    const target = join(staging, 'data')
    await run(
      binaries.initdb,
      [
        `--pgdata=${target}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // PostgreSQL's own collation: the same order on every system, and no index breaks when the C library changes.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
        ...(options.throwaway ? ['--no-sync'] : []),
      ],
      runAs,
    )
    await chmod(target, 0o700)
    await rename(target, folder.data).catch(async (error: unknown) => {
      // A process that started beside us was first; its cluster has the same password.
      if (!(await lstat(folder.data).catch(() => null))) throw error
    })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function checkExisting(
  folder: DataFolder,
  binaries: Binaries,
  ownerUid: number,
  runAs: RunAs | null,
): Promise<void> {
  const uid = runAs?.uid ?? process.getuid?.()
  if (uid !== undefined && ownerUid !== uid) {
    throw new HeavyliftError({
      code: 'postgres-data-foreign',
      message: `${folder.data} belongs to another user (id ${ownerUid}), perhaps from a start as root. Start as that user again, or \`chown -R\` ${folder.root} to yourself.`,
    })
  }
  const version = (await readFile(join(folder.data, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version !== binaries.major) {
    throw new HeavyliftError({
      code: 'postgres-data-version',
      message: `${folder.data} was written by PostgreSQL ${version || 'of unknown version'}; this release brings ${binaries.major}. Go back to the release that wrote it and dump the database, or move ${folder.root} away to start empty.`,
    })
  }
}

/** Folders that an `initdb` left when it was killed, recognised by the process that is gone. */
async function removeLeftovers(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = Number(/^(?:initialising|password)-(\d+)-/.exec(name)?.[1])
    if (!(pid > 0) || pid === process.pid || (await isAlive(pid))) continue
    // The orphaned `initdb` may still write into it; then a later start removes it.
    await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function run(command: string, args: string[], runAs: RunAs | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...toSpawnUser(runAs),
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      const reason = stderr.trim() || `exit code ${code}`
      reject(
        new HeavyliftError({
          code: 'postgres-init-failed',
          message: `PostgreSQL could not create its data folder: ${reason}`,
        }),
      )
    })
  })
}
