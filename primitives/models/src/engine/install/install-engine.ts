import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportProgress } from '@heavylift/core'
import { holdFileLock } from '../pull/file-lock.ts'
import { explainFileError, PullError } from '../pull/pull-error.ts'
import { enginePackages, engineVersion, thisMachine } from './engine-packages.ts'
import { runNpm } from './run-npm.ts'

/** About how many packages an install brings; only for the bar. */
const expectedPackages = 118

export interface InstallOptions {
  /** Folder of the models system. */
  dataDir: string
  report: ReportProgress
  signal: AbortSignal
}

/** Where the engine for this machine belongs. Another release, or another graphics card, is another folder. */
export function engineFolder(dataDir: string): string {
  return join(dataDir, 'engine', folderName(enginePackages(thisMachine())))
}

/** Folder of the installed engine, or null. */
export async function findEngine(dataDir: string): Promise<string | null> {
  const folder = engineFolder(dataDir)
  const entry = await stat(join(folder, 'node_modules', 'node-llama-cpp', 'package.json')).catch(() => null)
  return entry === null ? null : folder
}

/**
 * Installs the engine with npm, by its ordinary configuration (registry, proxy), and returns its folder. Runs no install
 * scripts, so nothing is compiled or downloaded but the packages. Made aside and put in place in one step: an interrupted
 * install leaves nothing, and of two at once the second finds the first one's.
 * @throws PullError `engine-install-failed`, `model-disk-full`.
 */
export async function installEngine({ dataDir, report, signal }: InstallOptions): Promise<string> {
  const there = await findEngine(dataDir)
  if (there !== null) return there
  const packages = enginePackages(thisMachine())
  const root = join(dataDir, 'engine')
  const target = engineFolder(dataDir)
  const stage = 'installing the engine'
  const release = await holdFileLock(join(root, 'install.lock'), signal, () =>
    report({ stage, done: 0, unit: 'packages', message: 'Another install is running.' }),
  )
  const draft = join(root, `.draft-${randomBytes(6).toString('hex')}`)
  try {
    const made = await findEngine(dataDir)
    if (made !== null) return made
    await removeDrafts(root)
    await mkdir(draft)
    const manifest = { name: 'heavylift-engine', private: true, dependencies: packages }
    await writeFile(join(draft, 'package.json'), JSON.stringify(manifest, null, 2))
    const timer = setInterval(() => {
      void countPackages(draft).then((done) =>
        report({
          stage,
          done: Math.min(done, expectedPackages),
          total: expectedPackages,
          unit: 'packages',
        }),
      )
    }, 300)
    try {
      await runNpm(
        draft,
        ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'],
        signal,
      )
    } finally {
      clearInterval(timer)
    }
    await rename(draft, target)
    report({ stage, done: expectedPackages, total: expectedPackages, unit: 'packages' })
    return target
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    signal.throwIfAborted()
    const explained = explainFileError(error)
    if (explained instanceof PullError) throw explained
    throw new PullError(
      'engine-install-failed',
      `The engine could not be installed: ${error instanceof Error ? error.message : 'npm failed'}`,
      error,
    )
  } finally {
    await release()
  }
}

function folderName(packages: Record<string, string>): string {
  const hash = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 8)
  return `node-llama-cpp-${engineVersion}-${hash}`
}

/** What killed installs left. The lock is held, so none is in use. */
async function removeDrafts(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (name.startsWith('.draft-')) await rm(join(root, name), { recursive: true, force: true })
  }
}

async function countPackages(folder: string): Promise<number> {
  const modules = join(folder, 'node_modules')
  let count = 0
  for (const name of await readdir(modules).catch(() => [])) {
    if (name.startsWith('@')) count += (await readdir(join(modules, name)).catch(() => [])).length
    else if (!name.startsWith('.')) count++
  }
  return count
}
