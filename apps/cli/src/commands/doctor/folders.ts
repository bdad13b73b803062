import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '@heavylift/core'
import { lockAlone } from '@heavylift/core/runtime/file-lock'
import { z } from 'zod'
import { explainFileError } from '../../explain-error.ts'
import { serverLockPath } from '../../serve/claim.ts'
import { lastBackupPath } from '../backup.ts'

const gigabyte = 1e9
const warnBelowBytes = 5 * gigabyte
const failBelowBytes = 0.5 * gigabyte
const dayMs = 86_400_000
/** A backup that is older is one that nobody makes any more. */
const backupWithinDays = 7

/** A folder that is written to: whether it is there, may be written and has room, and who else may read it. */
export function checkFolder(name: string, path: string): Check[] {
  if (!existsSync(path))
    return [{ name, state: 'note', found: `${path} is not there yet`, advice: 'The first start makes it.' }]
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    return [
      {
        name,
        state: 'fail',
        found: explainFileError(error) ?? String(error),
        advice: 'Start as its owner, or set another folder.',
      },
    ]
  }
  const isOpen = (statSync(path).mode & 0o066) !== 0
  return [
    isOpen
      ? {
          name,
          state: 'warn',
          found: `${path} may be read by other users`,
          advice: `chmod 700 ${path}, or start once: the start closes it.`,
        }
      : { name, state: 'ok', found: path },
    checkSpace(name, path),
  ]
}

function checkSpace(folder: string, path: string): Check {
  const { bavail, bsize } = statfsSync(path)
  const free = bavail * bsize
  const found = `${(free / gigabyte).toFixed(1)} GB free`
  const name = `space of ${folder}`
  if (free >= warnBelowBytes) return { name, state: 'ok', found }
  return {
    name,
    state: free < failBelowBytes ? 'fail' : 'warn',
    found,
    advice: 'Make room: databases and logs grow.',
  }
}

/** Whether the operating system says that a server has the folder. */
export function isServed(dataDir: string): boolean {
  if (!existsSync(serverLockPath(dataDir))) return false
  const release = lockAlone(serverLockPath(dataDir))
  release?.()
  return release === null
}

/** How old the last backup is that `heavylift backup` made of this folder. */
export function checkBackup(dataDir: string, nowMs: number): Check {
  const name = 'backup'
  const advice = 'npx heavylift backup FILE, by cron or a timer.'
  const last = readLastBackup(dataDir)
  if (last === null) {
    const ageMs = existsSync(join(dataDir, 'token'))
      ? nowMs - statSync(join(dataDir, 'token')).birthtimeMs
      : 0
    return { name, state: ageMs > dayMs ? 'warn' : 'note', found: 'none was made here', advice }
  }
  const days = (nowMs - last.atMs) / dayMs
  const found = `${last.file}, ${days < 1 ? 'today' : `${Math.floor(days)} days old`}`
  return days <= backupWithinDays ? { name, state: 'ok', found } : { name, state: 'warn', found, advice }
}

const lastBackupSchema = z.object({ file: z.string(), atMs: z.number() })

function readLastBackup(dataDir: string): z.output<typeof lastBackupSchema> | null {
  try {
    return lastBackupSchema.parse(JSON.parse(readFileSync(lastBackupPath(dataDir), 'utf8')))
  } catch {
    return null
  }
}
