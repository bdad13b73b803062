import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

let known: boolean | null = null

/**
 * Whether a generator may have the kernel's real-time class (`chrt` of util-linux, CAP_SYS_NICE): then others on the machine do not make it late. Never
 * on a machine of one core, where nobody else would get a turn.
 */
export function isRealtimeAllowed(): boolean {
  known ??=
    process.platform === 'linux' &&
    availableParallelism() > 1 &&
    spawnSync('chrt', ['--fifo', '1', 'true'], { stdio: 'ignore' }).status === 0
  return known
}

/** Node with a script as a program and its arguments; in the real-time class where that is asked for. */
export function nodeProgram(script: string, isRealtime: boolean): { program: string; args: string[] } {
  return isRealtime
    ? { program: 'chrt', args: ['--fifo', '1', process.execPath, script] }
    : { program: process.execPath, args: [script] }
}
