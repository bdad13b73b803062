import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { runLoadChild } from './run-load-child.ts'
import { startTarget } from './start-target.ts'

const openedPerSecond = 1500
const heldSeconds = 8
const everyMs = 2000
const startSeconds = 3

/** `heavylift bench ready.streams`: streams of server-sent events that one generator holds open at once, what each takes of memory, and its processor time. */
export async function runStreamsBench({ options = {}, report }: MeasureInput) {
  const count = Number(options['streams'] ?? 20_000)
  if (!Number.isInteger(count) || count < 1 || count > 20_000)
    throw new InvalidInputError({
      code: 'streams-invalid',
      message: '--streams takes a whole number from 1 to 20000.',
    })
  const openSeconds = count / openedPerSecond
  const untilMs = Date.now() + 1000 * (startSeconds + openSeconds + heldSeconds)
  const target = await startTarget(
    { EVERY_MS: String(everyMs), UNTIL_MS: String(untilMs) },
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
        coresUsed: found.cpuSeconds / found.durationSeconds,
        eventsPerSecond: found.events / found.durationSeconds,
        firstEventP99Ms: found.firstEventP99Ms,
        eventGapP50Ms: found.eventGapP50Ms,
      },
      notes: [
        `Opened at ${openedPerSecond} a second, one event every ${everyMs} ms, all ended together ${heldSeconds} s after the last was opened. Memory is the most that the generator held less what it held before.`,
      ],
    }
  } finally {
    await target.stop()
  }
}
