import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface BenchTarget {
  port: number
  stop(): Promise<void>
}

/** The target in a process of its own; it ends with this one. */
export async function startTarget(pauses = ''): Promise<BenchTarget> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'target-child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PAUSES: pauses },
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
