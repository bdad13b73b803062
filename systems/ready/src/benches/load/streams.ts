import { readFile } from 'node:fs/promises'
import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { runLoadChild } from './run-load-child.ts'
import { startTarget } from './start-target.ts'

const openedPerSecond = 1500
const heldSeconds = 8
const everyMs = 2000
/** After which it is given up that all are open at once. */
const mostSeconds = 120
/** What a process has open beside its streams. */
const otherFiles = 200

/** What one process may have open, which Node takes all of; Infinity where it is not told. */
async function mostOpenFiles(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  return Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? Infinity)
}

/** `heavylift bench ready.streams`: streams of server-sent events that one generator holds open at once, what each takes of memory, and its processor time. */
export async function runStreamsBench({ options = {}, report }: MeasureInput) {
  const asked = Number(options['streams'] ?? 20_000)
  if (!Number.isInteger(asked) || asked < 1 || asked > 20_000)
    throw new InvalidInputError({
      code: 'streams-invalid',
      message: '--streams takes a whole number from 1 to 20000.',
    })
  const count = Math.min(asked, (await mostOpenFiles()) - otherFiles)
  const openSeconds = count / openedPerSecond
  const target = await startTarget(
    {
      EVERY_MS: String(everyMs),
      HOLD_MS: String(1000 * heldSeconds),
      COUNT: String(count),
      UNTIL_MS: String(Date.now() + 1000 * mostSeconds),
    },
    false,
    'stream-child.ts',
  )
  try {
    report({ stage: `${count} streams`, done: 0, total: 1, unit: 'runs' })
    const found = await runLoadChild(`http://127.0.0.1:${target.port}`, {
      requests: [{ name: 'stream', path: '/', isStream: true }],
      load: [{ kind: 'constant', ratePerSecond: openedPerSecond, seconds: openSeconds }],
      maxConnections: count,
      timeoutMs: 600_000,
    })
    return {
      n: count,
      metrics: {
        openStreams: found.requests,
        failedStreams: found.failed,
        kilobytesPerStream: (1000 * (found.maxRssMb - found.baseRssMb)) / count,
        secondsPlayed: found.durationSeconds,
        coresUsed: found.cpuSeconds / found.durationSeconds,
        eventsPerSecond: found.events / found.durationSeconds,
        firstEventP99Ms: found.firstEventP99Ms,
        eventGapP50Ms: found.eventGapP50Ms,
      },
      notes: [
        `Opened at ${openedPerSecond} a second, one event every ${everyMs} ms, all ended together ${heldSeconds} s after all were open at once (or after ${mostSeconds} s: then secondsPlayed is as long). Memory is the most that the generator held less what it held before.`,
        ...(count < asked
          ? [
              `A process may have ${count + otherFiles} open files here (ulimit -Hn), so ${count} were opened.`,
            ]
          : []),
      ],
    }
  } finally {
    await target.stop()
  }
}
