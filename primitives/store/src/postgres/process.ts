import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { sleep } from '@heavylift/core/async'

/** Whether a process with this id exists; one of another user counts. A zombie does not. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat === null || !/\) Z /.test(stat)
}

/**
 * Whether `pid` is a PostgreSQL server on `dataDir`. After a reboot or in a new container a recorded id may be anybody's.
 */
export async function isPostmasterOf(pid: number, dataDir: string): Promise<boolean> {
  const command =
    (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)) ??
    spawnSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout
  return command !== null && /postgres/.test(command) && command.includes(dataDir)
}

/** Resolves true once the process is gone, false after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (await isAlive(pid)) {
    if (performance.now() > deadline) return false
    await sleep(10)
  }
  return true
}
