import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportProgress } from '@heavylift/core'
import { holdFileLock } from '../pull/file-lock.ts'
import { explainFileError, PullError } from '../pull/pull-error.ts'
import { enginePackages, thisMachine } from './engine-packages.ts'
import { engineFolder, findEngine } from './find-engine.ts'
import { runNpm } from './run-npm.ts'

/** About how many packages an install brings; only for the bar. */
const expectedPackages = 118

export interface InstallOptions {
  /** Folder of the models system. */
  dataDir: string
  report: ReportProgress
  signal: AbortSignal
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
