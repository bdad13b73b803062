import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { z } from 'zod'
import { nodeProgram } from '../../load/processes/realtime.ts'

const childSchema = z.object({
  requests: z.number(),
  failed: z.number(),
  lagP50Ms: z.number(),
  lagP99Ms: z.number(),
  lagMaxMs: z.number(),
  sentPerSecond: z.number(),
  plannedPerSecond: z.number(),
  durationSeconds: z.number(),
  baseRssMb: z.number(),
  maxRssMb: z.number(),
  events: z.number(),
  firstEventP99Ms: z.number(),
  eventGapP50Ms: z.number(),
})

/** A generator in a process of its own; what it measured, and its processor time. */
export async function runLoadChild(url: string, scenario: object, isRealtime = false) {
  const { program, args } = nodeProgram(join(import.meta.dirname, 'load-child.ts'), isRealtime)
  const { output, cpuSeconds } = await timed(program, args, {
    SCENARIO: JSON.stringify({ name: 'bench', target: url, ...scenario }),
  })
  return { ...childSchema.parse(JSON.parse(output)), cpuSeconds }
}

/** Output and processor seconds (user and system, from its start to its end) of a program, as the kernel tells its parent. */
export async function timed(program: string, args: string[], env: Record<string, string> = {}) {
  const script = 'TIMEFORMAT="cpu %U %S"; { time "$@" 2>/dev/null >&3; } 3>&1'
  const child = spawn('bash', ['-c', script, 'timed', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...env },
  })
  const ended = once(child, 'close')
  const [output, times] = await Promise.all([readText(child.stdout), readText(child.stderr), ended])
  const found = /cpu ([\d.]+) ([\d.]+)/.exec(times)
  return { output, cpuSeconds: Number(found?.[1]) + Number(found?.[2]) }
}
