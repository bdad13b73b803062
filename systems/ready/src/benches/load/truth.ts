import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { generateInProcesses } from '../../load/processes/generate-in-processes.ts'
import { isRealtimeAllowed, nodeProgram } from '../../load/processes/realtime.ts'
import { reportOf } from '../../load/report.ts'
import { scenarioSchema } from '../../load/scenario.ts'
import { plannedTimes } from '../../load/schedule.ts'
import { allowTarget } from '../../load/target.ts'
import { timed } from './run-load-child.ts'
import { startTarget } from './start-target.ts'

const leadMs = 2000
const nowMs = () => Number(process.hrtime.bigint()) / 1e6
const shares = [0.5, 0.9, 0.99, 0.999, 0.9999]
const pauses: [number, number][] = [
  [1000, 1200],
  [2500, 2550],
  [4000, 5000],
]
const stage = { kind: 'constant' as const, ratePerSecond: 200, seconds: 8 }

/**
 * `heavylift bench ready.truth`: a server that answers nothing in scripted pauses. A request that is planned in a pause takes until its end, all others
 * what the way takes, which a plain socket measures: the quantiles follow in closed form.
 */
export async function runTruthBench({ report, signal }: MeasureInput) {
  // As the child needs a while to start, the pauses begin somewhat later.
  const zeroMs = nowMs() + leadMs
  const isRealtime = isRealtimeAllowed()
  const target = await startTarget(
    { PAUSES: pauses.map(([from, to]) => `${zeroMs + from}-${zeroMs + to}`).join(',') },
    isRealtime,
  )
  try {
    report({ stage: 'a run with pauses', done: 0, total: 1, unit: 'runs' })
    const url = `http://127.0.0.1:${target.port}`
    const scenario = scenarioSchema.parse({
      name: 'truth',
      target: url,
      requests: [{ name: 'all', path: '/' }],
      load: [stage],
      maxConnections: 4000,
    })
    const allowed = await allowTarget(url, null, () => Promise.resolve(null))
    const generated = await generateInProcesses(scenario, allowed, signal, { count: 1, isRealtime })
    const { measured, startedAtMonotonicMs: startMs } = generated
    const { program, args } = nodeProgram(join(import.meta.dirname, 'ping-child.ts'), isRealtime)
    const { output } = await timed(program, args, {
      PORT: String(target.port),
      EVERY_MS: String(1000 / stage.ratePerSecond),
    })
    const wayMs = Number(output)
    const { isValid, remarks } = reportOf(scenario, generated)
    const truth = Array.from(plannedTimes(stage), (at) => {
      const sinceMs = startMs + at - zeroMs
      // It counts when it comes there.
      const thereMs = sinceMs + wayMs / 2
      const pause = pauses.find(([from, to]) => thereMs >= from && thereMs < to)
      return wayMs + (pause === undefined ? 0 : pause[1] - sinceMs)
    }).toSorted((a, b) => a - b)
    const figures: Record<string, number> = {}
    let maxErrPct = 0
    let maxErrMs = 0
    for (const share of shares) {
      const exact = truth[Math.max(1, Math.ceil(share * truth.length)) - 1] as number
      const found = measured.latency.quantileMs(share)
      const name = `p${String(100 * share).replace('.', '_')}`
      figures[`${name}Ms`] = found
      figures[`${name}TruthMs`] = exact
      const errorMs = Math.abs(found - exact)
      maxErrMs = Math.max(maxErrMs, errorMs)
      // What is within 0.2 ms is as good as the truth.
      if (errorMs > 0.2) maxErrPct = Math.max(maxErrPct, (100 * errorMs) / Math.max(exact, 0.2))
    }
    return {
      n: measured.sent,
      metrics: {
        maxErrPct,
        maxErrMs,
        validRuns: Number(isValid),
        wayP50Ms: wayMs,
        sendLagP99Ms: measured.lag.quantileMs(0.99),
        ...figures,
      },
      notes: [
        'maxErrPct is the largest error over p50 … p99.99, 0 where it is at most 0.2 ms. wayP50Ms is the way there and back as a plain socket has it, of requests as far apart; it is in the truth. validRuns is 0 where the generator itself says that it could not keep its plan: then the errors say nothing.',
        isRealtime
          ? 'Generator and target have the real-time class of the kernel.'
          : 'The real-time class of the kernel is not allowed here: others on the machine make both late.',
        ...remarks,
      ],
    }
  } finally {
    await target.stop()
  }
}
