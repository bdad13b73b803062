import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeavyliftError, silentLogger, systemClock } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { mapConcurrently, sleep } from '@heavylift/core/async'
import { median } from '@heavylift/core/math'
import { openStore } from '@heavylift/store'
import { agentsMigrations } from '../migrations/migrations.ts'
import { openTestAgents } from '../testing/open-test-agents.ts'
import { scriptedSource } from '../testing/scripted-source.ts'

const tenantId = 'main'
const inFlight = 40
const samples = 100
/** One run in so many is given ten mebibytes, hands them through its steps and returns them. */
const largeEvery = 200
const largeBytes = 10 * 1024 * 1024

const agent = {
  schema: 'heavylift.agent/1',
  name: 'soaked',
  title: 'Soaked',
  tools: [{ id: 'echo', from: 'outside', tool: 'echo' }],
  steps: [
    { id: 'act', kind: 'tool', tool: 'echo', with: { text: '${input.text}' } },
    { id: 'keep', kind: 'set', after: ['act'], value: '${steps.act.output.text}' },
  ],
}

/** Memory of a process that runs agents on and on, some with long values: resident size over the second fifth of the runs and the last one. */
export async function runSoakBench({ report, signal, options }: MeasureInput): ReturnType<Measure['run']> {
  const count = Number(options?.['runs'] ?? 100_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-agents-soak-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('agents', agentsMigrations)
    const source = scriptedSource('outside', {
      echo: { effect: 'outside', takesKey: true, answer: ({ args }) => ({ state: 'done', value: args }) },
    })
    const agents = openTestAgents(host.forSystem('agents'), { sources: [source] })
    await host.startDurable()
    agents.dispatch()
    const { version } = await agents.agents.publish(tenantId, agent)
    await agents.agents.putLive(tenantId, agent.name, version)
    const large = 'x'.repeat(largeBytes)
    const rssMib: number[] = []
    let done = 0
    let failed = 0
    const startedMs = performance.now()
    await mapConcurrently(Array.from({ length: count }).keys(), inFlight, async (n) => {
      signal.throwIfAborted()
      const text = n % largeEvery === largeEvery - 1 ? large : `run ${n}`
      const id = `soak-${n}`
      const row = await onceThere(signal, async () => {
        await agents.runs.start({
          tenantId,
          id,
          agent: agent.name,
          input: { text },
          trigger: { kind: 'manual' },
        })
        return await agents.runs.ended(tenantId, id, signal)
      })
      if (row.state !== 'done') failed++
      // The book of the scripted source would grow for ever.
      source.calls.length = 0
      if (++done % Math.ceil(count / samples) === 0) {
        rssMib.push(process.memoryUsage.rss() / 1024 ** 2)
        report({ stage: 'running', done, total: count, unit: 'runs' })
      }
    })
    const seconds = (performance.now() - startedMs) / 1000
    await agents.close()
    const early = median(rssMib.slice(Math.floor(rssMib.length * 0.2), Math.floor(rssMib.length * 0.4)))
    const late = median(rssMib.slice(Math.floor(rssMib.length * 0.8)))
    return {
      n: count,
      metrics: {
        rssChangePct: (100 * (late - early)) / early,
        earlyRssMib: early,
        lateRssMib: late,
        mostRssMib: Math.max(...rssMib),
        failed,
        runsPerSecond: count / seconds,
      },
    }
  } finally {
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Asks once more for as long as a busy machine's database does not answer, as callers do: the id makes it the same run. */
async function onceThere<Value>(signal: AbortSignal, ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(HeavyliftError.isInstance(error) && error.status === 503)) throw error
      await sleep(1_000, signal)
      signal.throwIfAborted()
    }
  }
}
