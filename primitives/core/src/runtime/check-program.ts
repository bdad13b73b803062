import { spawnSync } from 'node:child_process'
import type { Check } from '../system.ts'

/** Whether a program is there, by asking its version. One that is missing has the given state: what lacks without it, `advice` says. */
export function checkProgram(
  program: string,
  { args, missing, advice }: { args: string[]; missing: 'note' | 'warn' | 'fail'; advice: string },
): Check {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 5_000 })
  return status === 0
    ? { name: program, state: 'ok', found: stdout.split('\n')[0]?.trim().slice(0, 60) ?? '' }
    : { name: program, state: missing, found: 'not found', advice }
}
