import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { mapConcurrently } from '@heavylift/core/async'
import { median, quantile, sortNumbers } from '@heavylift/core/math'
import { openStore } from '@heavylift/store'
import { agentsMigrations } from '../migrations/migrations.ts'
import { openTestAgents } from '../testing/open-test-agents.ts'
import { scriptedSource } from '../testing/scripted-source.ts'

const tenantId = 'main'
const inFlight = 40
const warmUp = 100
const perRound = 600

/** Five calls with effects one after the other, as bare DBOS has five steps that do nothing. */
function fiveSteps(name: string, tool: string): object {
  return {
    schema: 'heavylift.agent/1',
    name,
    title: name,
    tools: [{ id: 'act', from: 'outside', tool }],
    steps: Array.from({ length: 5 }, (_, i) => ({
      id: `s${i}`,
      kind: 'tool',
      tool: 'act',
      with: { n: '${input.n}' },
      after: i === 0 ? [] : [`s${i - 1}`],
    })),
  }
}

/** Runs of five steps a second from `start` to the end that is in the database, beside durable runs of the store with five recorded steps, in turns. */
export async function runRunsBench({ report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-agents-bench-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('agents', agentsMigrations)
    const store = host.forSystem('agents')
    const answer = ({ args }: { args: object }) => ({ state: 'done' as const, value: args })
    const agents = openTestAgents(store, {
      sources: [
        scriptedSource('outside', { keyed: { effect: 'outside', takesKey: true, answer }, look: { answer } }),
      ],
    })
    const bare = store.durable.workflow('bench.five', async (run, n: number) => {
      for (let i = 0; i < 5; i++) await run.step(`s${i}`, async () => n)
      return n
    })
    await host.startDurable()
    agents.dispatch()
    for (const tool of ['keyed', 'look']) {
      const { version } = await agents.agents.publish(tenantId, fiveSteps(`five-${tool}`, tool))
      await agents.agents.putLive(tenantId, `five-${tool}`, version)
    }
    const oneRun = async (agent: string, n: number): Promise<void> => {
      const { id } = await agents.runs.start({ tenantId, agent, input: { n }, trigger: { kind: 'manual' } })
      const row = await agents.runs.ended(tenantId, id, signal)
      if (row.state !== 'done') throw new Error(`A run ended as ${row.state}: ${row.error?.message}`)
    }
    const kinds = {
      runs: (n: number) => oneRun('five-keyed', n),
      readRuns: (n: number) => oneRun('five-look', n),
      dbos: async (n: number) => void (await bare.result((await bare.start(n)).id)),
    }
    const perSecond: Record<string, number[]> = {}
    const ms: Record<string, number[]> = {}
    const rounds = 3
    for (const work of Object.values(kinds)) await timed(warmUp, work)
    for (let round = 0; round < rounds; round++)
      for (const [name, work] of Object.entries(kinds)) {
        signal.throwIfAborted()
        report({ stage: name, done: round, total: rounds, unit: 'rounds' })
        const found = await timed(perRound, work)
        ;(perSecond[name] ??= []).push(found.perSecond)
        ;(ms[name] ??= []).push(...found.ms)
      }
    const best = (name: string): number => Math.max(...(perSecond[name] ?? []))
    const middle = (name: string): number => median(perSecond[name] ?? [])
    await agents.close()
    return {
      n: perRound * rounds,
      metrics: {
        runsPerSecond: middle('runs'),
        runsPerSecondBest: best('runs'),
        runMsP50: median(ms['runs'] ?? []),
        runMsP99: quantile(sortNumbers(ms['runs'] ?? []), 0.99),
        readRunsPerSecond: middle('readRuns'),
      },
      peers: {
        dbos: {
          runsPerSecond: middle('dbos'),
          runsPerSecondBest: best('dbos'),
          runMsP50: median(ms['dbos'] ?? []),
        },
      },
      notes: [
        'runs: five calls with an effect each, intent durable before and outcome after; readRuns: five calls without effects. dbos: five recorded steps that do nothing, by the store’s durable runs.',
      ],
    }
  } finally {
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function timed(
  count: number,
  work: (n: number) => Promise<void>,
): Promise<{ perSecond: number; ms: number[] }> {
  const ms: number[] = []
  const startedMs = performance.now()
  await mapConcurrently(Array.from({ length: count }).keys(), inFlight, async (n) => {
    const beganMs = performance.now()
    await work(n)
    ms.push(performance.now() - beganMs)
  })
  return { perSecond: count / ((performance.now() - startedMs) / 1000), ms }
}
