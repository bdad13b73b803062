import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
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

/** Output and processor seconds of a program: as the kernel counts them while it runs. */
export async function timed(program: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } })
  let cpuSeconds = 0
  const look = async () => {
    try {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100
    } catch {
      // It has ended.
    }
  }
  const timer = setInterval(() => void look(), 20)
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve())
  })
  try {
    const [output] = await Promise.all([readText(child.stdout), ended])
    return { output, cpuSeconds }
  } finally {
    clearInterval(timer)
  }
}
