// One set-up of a checkout at a time. The lock is the highest-numbered file `setup-lock.<n>`; it is held while the process
// that it names lives, and never deleted by anyone but a holder of a higher number, so a lock left by kill -9 is
// passed over without a race: of two that see it, only one can create `<n + 1>`.
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until this process holds the lock of `directory`; returns the function that gives it back.
 * @param {string} directory created when absent
 * @param {() => void} onWait called once when another process holds it
 * @returns {Promise<() => void>}
 */
export async function acquireLock(directory, onWait = () => {}) {
  mkdirSync(directory, { recursive: true })
  let hasWaited = false
  for (;;) {
    const highest = highestLock(directory)
    if (highest > 0 && isHeld(lockFile(directory, highest))) {
      if (!hasWaited) onWait()
      hasWaited = true
      await sleep(200)
      continue
    }
    const mine = highest + 1
    if (!create(directory, mine)) continue
    // Someone may have taken and passed on higher numbers since the folder was listed.
    if (highestLock(directory) !== mine) {
      rmSync(lockFile(directory, mine), { force: true })
      continue
    }
    for (const number of lockNumbers(directory)) {
      if (number < mine) rmSync(lockFile(directory, number), { force: true })
    }
    // Kept as a file that names nobody, since deleting it would let its number be taken twice.
    return () => writeFileSync(lockFile(directory, mine), '{}')
  }
}

/** @param {string} directory @param {number} number */
function lockFile(directory, number) {
  return join(directory, `setup-lock.${number}`)
}

/** @param {string} directory */
function lockNumbers(directory) {
  return readdirSync(directory)
    .map((name) => /^setup-lock\.(\d+)$/.exec(name)?.[1])
    .flatMap((text) => (text === undefined ? [] : [Number(text)]))
}

/** @param {string} directory */
function highestLock(directory) {
  return Math.max(0, ...lockNumbers(directory))
}

/** Creates the file with its content in one step; false when the number is taken. @param {string} directory @param {number} number */
function create(directory, number) {
  const draft = join(directory, `setup-lock-draft.${process.pid}`)
  writeFileSync(draft, JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) }))
  try {
    linkSync(draft, lockFile(directory, number))
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** @param {string} file */
function isHeld(file) {
  let owner
  try {
    owner = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Gone, or cut off by a full disk: nobody holds it.
    return false
  }
  if (typeof owner.pid !== 'number') return false
  const startedAt = processStart(owner.pid)
  // A process of the same number that began at another time is not the owner.
  return startedAt !== null && startedAt === owner.startedAt
}

/**
 * When a process began, in whatever words the system tells it; null when there is no such process.
 * @param {number} pid
 */
export function processStart(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return null
  }
  try {
    if (process.platform === 'linux') {
      // Field 22 of /proc/<pid>/stat (proc(5)), counted after the command name, which may hold spaces; with the boot's
      // id, since the field counts from boot.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
