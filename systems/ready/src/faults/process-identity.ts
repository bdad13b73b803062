import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { ProcessRef } from './process-fault.ts'

const run = promisify(execFile)

/** When a process started (clock ticks since the machine did on Linux, else what ps says), or null where there is none. */
export async function processStart(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8')
      // The name may hold anything, so fields count from its closing bracket: state is the third, starttime the 22nd (proc(5)).
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : (fields[19] ?? null)
    }
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)])
    return stdout.trim() || null
  } catch {
    return null
  }
}

/** The process as a plan names it. @throws InvalidInputError where there is none */
export async function processRef(pid: number): Promise<ProcessRef> {
  const start = await processStart(pid)
  if (start === null)
    throw new InvalidInputError({ code: 'process-unknown', message: `There is no process ${pid}.` })
  return { pid, start }
}

export async function isStill({ pid, start }: ProcessRef): Promise<boolean> {
  return (await processStart(pid)) === start
}

/**
 * Whether a process may be touched: the one that the plan names, of the same user, and none that Ready itself needs.
 * @throws HeavyliftError `blast-radius` (403) otherwise
 */
export async function checkTouchable(target: ProcessRef, needed: readonly number[]): Promise<void> {
  const refuse = (why: string) =>
    new HeavyliftError({
      code: 'blast-radius',
      status: 403,
      message: `Process ${target.pid} is not touched: ${why}.`,
    })
  if (target.pid <= 1 || needed.includes(target.pid)) throw refuse('this machine or Ready needs it')
  if (!(await isStill(target))) throw refuse('it is not the one that the plan names, which is gone')
  if ((await ownerOf(target.pid)) !== process.getuid?.()) throw refuse('it belongs to another user')
}

async function ownerOf(pid: number): Promise<number | null> {
  if (process.platform === 'linux') return (await stat(`/proc/${pid}`)).uid
  const { stdout } = await run('ps', ['-o', 'uid=', '-p', String(pid)])
  return Number(stdout.trim())
}
