import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { nodeProgram } from '../../load/processes/realtime.ts'

export interface BenchTarget {
  port: number
  stop(): Promise<void>
}

/** The target in a process of its own; it ends with this one. With `isRealtime` others on the machine do not make it late. */
export async function startTarget(
  env: Record<string, string> = {},
  isRealtime = false,
  program = 'target-child.ts',
): Promise<BenchTarget> {
  const { program: first, args } = nodeProgram(resolve(import.meta.dirname, program), isRealtime)
  const child = spawn(first, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    port: Number(line.toString().trim()),
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
