// Locks between processes (one set-up, one server of a checkout). A lock is its highest-numbered file `<name>.<n>`; it is held while the process
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
  let hasWaited = false
  for (;;) {
    const release = tryLock(directory, 'setup-lock')
    if (release !== null) return release
    if (!hasWaited) onWait()
    hasWaited = true
    await sleep(200)
  }
}

/**
 * Takes a lock if nobody holds it; null otherwise.
 * @param {string} directory created when absent
 * @param {string} name several locks may live in one folder
 * @returns {(() => void) | null} gives it back
 */
export function tryLock(directory, name) {
  mkdirSync(directory, { recursive: true })
  for (;;) {
    const highest = highestLock(directory, name)
    if (highest > 0 && isHeld(lockFile(directory, name, highest))) return null
    const mine = highest + 1
    if (!create(directory, name, mine)) continue
    // Someone may have taken and passed on higher numbers since the folder was listed.
    if (highestLock(directory, name) !== mine) {
      rmSync(lockFile(directory, name, mine), { force: true })
      continue
    }
    for (const number of lockNumbers(directory, name)) {
      if (number < mine) rmSync(lockFile(directory, name, number), { force: true })
    }
    // Kept as a file that names nobody, since deleting it would let its number be taken twice.
    return () => writeFileSync(lockFile(directory, name, mine), '{}')
  }
}

/** @param {string} directory @param {string} name @param {number} number */
function lockFile(directory, name, number) {
  return join(directory, `${name}.${number}`)
}

/** @param {string} directory @param {string} name */
function lockNumbers(directory, name) {
  return readdirSync(directory)
    .filter((file) => file.startsWith(`${name}.`) && /^\d+$/.test(file.slice(name.length + 1)))
    .map((file) => Number(file.slice(name.length + 1)))
}

/** @param {string} directory @param {string} name */
function highestLock(directory, name) {
  return Math.max(0, ...lockNumbers(directory, name))
}

/**
 * Creates the file with its content in one step; false when the number is taken.
 * @param {string} directory @param {string} name @param {number} number
 */
function create(directory, name, number) {
  const draft = join(directory, `${name}-draft.${process.pid}`)
  writeFileSync(draft, JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) }))
  try {
    linkSync(draft, lockFile(directory, name, number))
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
