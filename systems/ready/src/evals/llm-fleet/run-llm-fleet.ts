import type { MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { sampleRun } from '../../../samples/sample-run.ts'
import { simulateFleet } from '../../llm-fleet/simulate-fleet.ts'
import { StepTimes } from '../../llm-fleet/step-times.ts'
import { readRecordedRuns } from './recorded-runs.ts'
import type { RecordedRun } from './recorded-runs.ts'

const speedMs = 2000

/** `heavylift eval ready.llm-fleet`: recorded runs beside the simulation of the same arrivals and lengths, from the device's profile alone. */
export async function runLlmFleetEval({ dataDir, report, signal }: MeasureInput) {
  const runs = dataDir === null ? [sampleRun()] : await readRecordedRuns(dataDir)
  const scored = runs.map((run, at) => {
    signal.throwIfAborted()
    report({ stage: 'simulating', done: at, total: runs.length, unit: 'runs' })
    return { name: run.name, ...scoreRun(run) }
  })
  const over = (key: keyof ReturnType<typeof scoreRun>) => mean(scored.map((one) => one[key]))
  const worst = scored.toSorted((a, b) => b.ttftErrPct - a.ttftErrPct)[0]
  return {
    n: runs.reduce((sum, run) => sum + run.requests.length, 0),
    metrics: {
      ttftErrPct: over('ttftErrPct'),
      tpotErrPct: over('tpotErrPct'),
      latencyErrPct: over('latencyErrPct'),
      ttftErrEachPct: over('ttftErrEachPct'),
      tpotErrEachPct: over('tpotErrEachPct'),
      latencyErrEachPct: over('latencyErrEachPct'),
      stepsPerSecond: over('stepsPerSecond'),
      tokensPerSecond: over('tokensPerSecond'),
    },
    sources: Object.fromEntries(scored.map(({ name, ...figures }) => [name, figures])),
    worst: worst === undefined ? {} : { ttftErrPct: { source: worst.name, value: worst.ttftErrPct } },
    notes: [
      'ErrPct is how far the mean over all requests is off, ErrEachPct the mean of how far each request is off.',
      'stepsPerSecond is by a second of processor time.',
      'Nothing is fitted to the recorded run: the profile’s tables, the run’s options, and vLLM’s rules of scheduling (one step ahead).',
      ...(dataDir === null
        ? [
            'The sample is made by the simulation itself, so its errors are zero; give --data for recorded runs.',
          ]
        : []),
    ],
  }
}

function scoreRun({ profile, engine, requests }: RecordedRun) {
  const times = new StepTimes(profile)
  const run = () =>
    simulateFleet({
      requests,
      replicas: 1,
      policy: 'least-outstanding',
      times,
      engine,
      seed: 1,
      isPrefixCaching: false,
    })
  const found = run()
  const error = (simulated: Float64Array, pick: (one: RecordedRun['requests'][number]) => number) => {
    const pairs = requests.flatMap((one, at) => {
      const actual = pick(one)
      return Number.isFinite(actual) ? [{ actual, simulated: simulated[at] as number }] : []
    })
    const total = mean(pairs.map((one) => one.actual))
    return {
      ofMean: 100 * Math.abs(mean(pairs.map((one) => one.simulated)) / total - 1),
      ofEach: 100 * mean(pairs.map((one) => Math.abs(one.simulated / one.actual - 1))),
    }
  }
  const ttft = error(found.ttftMs, (one) => one.ttftMs)
  const tpot = error(found.tpotMs, (one) => one.tpotMs)
  const latency = error(found.latencyMs, (one) => one.latencyMs)
  // By processor time, since others may use the machine.
  const before = process.cpuUsage()
  const spentMs = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  let steps = 0
  let repeats = 0
  // To ask the kernel for its processor time costs about as much as a short run.
  const atOnce = 20
  while (spentMs() < speedMs) {
    for (let k = 0; k < atOnce; k++) steps += run().steps
    repeats += atOnce
  }
  const seconds = spentMs() / 1000
  const tokens = requests.reduce((sum, one) => sum + one.outputTokens, 0)
  return {
    n: requests.length,
    ttftErrPct: ttft.ofMean,
    tpotErrPct: tpot.ofMean,
    latencyErrPct: latency.ofMean,
    ttftErrEachPct: ttft.ofEach,
    tpotErrEachPct: tpot.ofEach,
    latencyErrEachPct: latency.ofEach,
    stepsPerSecond: steps / seconds,
    tokensPerSecond: (repeats * tokens) / seconds,
  }
}
