import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { runSteps } from '../../clearance/run/run-stage.ts'
import type { RunSteps } from '../../clearance/run/run-stage.ts'
import type { RunResult } from '../../clearance/run/run-result.ts'
import { runTogether } from '../../clearance/run/run-together.ts'
import { expandSuite } from '../../clearance/suites/suite.ts'
import type { Suite } from '../../clearance/suites/suite-part.ts'
import { stageOf } from '../../clearance/suites/stage-of.ts'
import type { DriverSpec } from '../../driver/version.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { driverCases, echoFrames } from '../sizes.ts'

const programs = {
  python: { command: 'python3', script: join(import.meta.dirname, 'steady.py') },
  node: { command: process.execPath, script: join(import.meta.dirname, 'steady-child.ts') },
}
/** About what a frame of 64 cases of the suite is. */
const questionBytes = 64 * 1100
const answerBytes = 64 * 32

/** `heavylift bench drive.drivers`: steps a second with a driver that is a program, on one thread of the simulator. */
export async function runDriversBench({ options = {}, report, signal }: MeasureInput) {
  const n = Number(options['cases'] ?? driverCases)
  if (!Number.isInteger(n) || n < 1)
    throw new InvalidInputError({ code: 'option-invalid', message: '--cases takes a whole number.' })
  const suite = await expandSuite('built-in', { n })
  const digests = new Set<string>()
  const rates: Record<string, number> = {}
  const ways = Object.entries(programs).flatMap(([language, { command, script }]) =>
    [
      { how: 'binary', inFlight: 64 },
      { how: 'json', inFlight: 64 },
      { how: 'binary', inFlight: 1 },
    ].map(({ how, inFlight }) => ({
      name: `${language}${how === 'json' ? 'Json' : ''}${inFlight}`,
      // One at a time it takes too long for all of them.
      share: inFlight === 1 ? 0.2 : 1,
      inFlight,
      driver: { kind: 'external', parameters: { command, args: JSON.stringify([script, how]) } },
    })),
  )
  // Compiled code is what is measured.
  await runAll(suite, n, 1, null)
  const floor = await runAll(suite, n, 1, null)
  digests.add(floor.digests.join())
  for (const [index, { name, share, inFlight, driver }] of ways.entries()) {
    signal.throwIfAborted()
    report({ stage: name, done: index, total: ways.length, unit: 'ways' })
    const { perSecond, cpuUs, digests: all } = await runAll(suite, Math.ceil(share * n), inFlight, driver)
    rates[name] = perSecond
    rates[`${name}CpuUs`] = cpuUs
    if (share === 1) digests.add(all.join())
  }
  return {
    n,
    metrics: {
      stepsPerSecond: Math.min(rates['python64'] as number, rates['node64'] as number),
      ...rates,
      differing: digests.size - 1,
    },
    baseline: { stepsPerSecond: floor.perSecond, cpuUs: floor.cpuUs },
    peers: {
      echoPython: { stepsPerSecond: await echoPerSecond('python', signal) },
      echoNode: { stepsPerSecond: await echoPerSecond('node', signal) },
    },
  }
}

/**
 * Steps a second over the first cases of a suite, so many in flight; without a program the same commands are given in this thread. The clock stops when
 * the last case begins: after that there are fewer and fewer.
 */
async function runAll(suite: Suite, n: number, inFlight: number, program: DriverSpec | null) {
  const files = new ScenarioFiles()
  const digests: string[] = []
  let steps = 0
  let next = 0
  let end: { perSecond: number; cpuUs: number } | null = null
  const startedMs = performance.now()
  const worked = process.cpuUsage()
  const stopClock = (): void => {
    const { user, system } = process.cpuUsage(worked)
    end ??= {
      perSecond: (1000 * steps) / (performance.now() - startedMs),
      cpuUs: (user + system) / steps,
    }
  }
  const count = function* (run: RunSteps): RunSteps {
    for (;;) {
      const { done, value } = run.next()
      if (done) return value
      steps++
      yield value
    }
  }
  const lane = async (): Promise<void> => {
    for (let index = next++; index < n; index = next++) {
      if (index === n - 1 && n > inFlight) stopClock()
      const one = suite.at(index)
      const { id: caseId, scenarioClass, seed } = one
      const driver = program ?? { kind: 'outside', parameters: {} }
      const begin = async () =>
        count(runSteps(await stageOf(one, files), { caseId, scenarioClass, seed, driver }))
      const result = program ? await runTogether(begin) : steadyHere(await begin())
      const broken = result.failures.find(({ criterion }) => criterion === 'driver')
      if (broken) throw new InvalidInputError({ code: 'peer-missing', message: broken.detail })
      digests[index] = result.digest
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  stopClock()
  return { ...(end as unknown as { perSecond: number; cpuUs: number }), digests }
}

/** The same driver without a program. Observations are written all the same: that is the floor. */
function steadyHere(run: RunSteps): RunResult {
  const numbers = new Float64Array(1 << 16)
  for (;;) {
    const { done, value } = run.next()
    if (done) return value
    value.observation.write(0, value.state, numbers, 0)
    value.answer(10 - value.state.speedMps, 0, 0)
  }
}

/** Steps a second if frames of that size went to a program and back over bare pipes, and nobody looked into them. */
async function echoPerSecond(language: keyof typeof programs, signal: AbortSignal): Promise<number> {
  const { command, script } = programs[language]
  const args = [script, 'echo', String(questionBytes), String(answerBytes)]
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], signal })
  const question = Buffer.alloc(questionBytes)
  const pass = async (frames: number): Promise<void> => {
    for (let frame = 0; frame < frames; frame++) {
      child.stdin.write(question)
      for (let got = 0; got < answerBytes;) got += ((await once(child.stdout, 'data')) as [Buffer])[0].length
    }
  }
  try {
    await pass(echoFrames / 10)
    const startedMs = performance.now()
    await pass(echoFrames)
    return (64 * echoFrames * 1000) / (performance.now() - startedMs)
  } finally {
    child.stdin.end()
  }
}
