import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createRandom, silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { startEffectServer } from '../../benches/kill/effect-server.ts'
import type { EffectServer } from '../../benches/kill/effect-server.ts'
import type { StartRun } from '../../benches/kill/serve-child.ts'
import { underKills } from '../../benches/kill/under-kills.ts'
import { agentsMigrations } from '../../migrations/migrations.ts'
import type { AgentsTables } from '../../run/run-row.ts'
import { openTestAgents } from '../../testing/open-test-agents.ts'
import { scriptedSource } from '../../testing/scripted-source.ts'
import type { OpenAgents } from '../../open-agents.ts'
import type { Suite } from '../injection/suite.ts'
import { agentName, recordedAgent, sourceName, taskName } from './recorded-agent.ts'

const tenantId = 'main'
const processes = 3
const inFlight = 12
/** Before and after each effect up to so long passes, for a kill to fall into. */
const mostDelayMs = 40

export interface FinalStates {
  runs: number
  kills: number
  /** Tasks that change something at all, of all tasks. */
  changing: number
  tasks: number
  /** Of runs that ended. */
  equal: number
  /** Runs that were stuck when the measurement was over. */
  unended: number
  unequal: string[]
}

/**
 * What recorded calls leave behind: each task once without disturbance, then again and again on server processes of one database that are killed at random
 * moments. A state is what took place outside for a run, in its order, and how the run ended.
 */
export async function compareFinalStates(
  suites: readonly Suite[],
  folder: string,
  kills: number,
  { report, signal }: Pick<MeasureInput, 'report' | 'signal'>,
): Promise<FinalStates> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-agents-replay-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  const random = createRandom('agents.replay under kills')
  const world = await startEffectServer(mostDelayMs, () => random.next())
  try {
    await host.migrate('agents', agentsMigrations)
    const store = host.forSystem('agents')
    const tasks = suites.flatMap((suite) => suite.userTasks.map(({ id }) => ({ suite, id })))
    const forkChild = (slot: number): ChildProcess =>
      fork(join(import.meta.dirname, 'replay-child.ts'), [
        host.databaseUrl,
        join(dataDir, `child-${slot}`),
        world.url,
        folder,
      ])
    const runOf = (id: string, at: number): StartRun => {
      const { suite, id: task } = tasks[at]!
      return { id, agent: agentName(suite), input: { task: taskName(suite, task) } }
    }
    const taskOf = (at: number) => (at - 1) % tasks.length
    // Publishes and asks what became of runs: it works on none.
    const desk = openTestAgents(store, {
      sources: suites.map((suite) => scriptedSource(sourceName(suite), {})),
    })
    try {
      for (const suite of suites) {
        const { version } = await desk.agents.publish(tenantId, recordedAgent(suite))
        await desk.agents.putLive(tenantId, agentName(suite), version)
      }
      const whole = tasks.map((_, at) => runOf(`whole-${at}`, at))
      await undisturbed(forkChild(processes), whole, desk, signal)
      const expected = await Promise.all(whole.map(({ id }) => stateOf(desk, id, world)))
      const {
        accepted,
        unended,
        kills: done,
      } = await underKills({
        database: store.database<AgentsTables>(),
        fork: forkChild,
        next: (at) => runOf(`run-${at}`, taskOf(at)),
        kills,
        processes,
        inFlight,
        random,
        onKill: (count) =>
          report({ stage: 'replaying under kills', done: count, total: kills, unit: 'kills' }),
        signal,
      })
      const unequal: string[] = []
      const stuck = new Set(unended)
      for (const id of accepted) {
        if (stuck.has(id)) continue
        const at = taskOf(Number(id.slice('run-'.length)))
        const state = await stateOf(desk, id, world)
        if (!isDeepStrictEqual(state, expected[at]))
          unequal.push(
            `${taskName(tasks[at]!.suite, tasks[at]!.id)} (${id}): ${JSON.stringify(state).slice(0, 300)} instead of ${JSON.stringify(expected[at]).slice(0, 300)}`,
          )
      }
      return {
        runs: accepted.size,
        kills: done,
        changing: expected.filter(({ effects }) => effects.length > 0).length,
        tasks: tasks.length,
        equal: accepted.size - stuck.size - unequal.length,
        unended: stuck.size,
        unequal,
      }
    } finally {
      await desk.close()
    }
  } finally {
    await world.close()
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface State {
  ended: string
  effects: unknown[]
}

async function stateOf(agents: OpenAgents, id: string, world: EffectServer): Promise<State> {
  const { state } = await agents.runs.find(tenantId, id)
  return { ended: state, effects: world.effects.filter(({ run }) => run === id).map(({ did }) => did) }
}

/** Makes runs in one process that nobody kills. */
async function undisturbed(
  child: ChildProcess,
  runs: readonly StartRun[],
  desk: OpenAgents,
  signal: AbortSignal,
): Promise<void> {
  try {
    await once(child, 'message', { signal })
    for (const run of runs) {
      child.send(run)
      await once(child, 'message', { signal })
    }
    for (const { id } of runs) await desk.runs.ended(tenantId, id, signal)
  } finally {
    child.kill('SIGKILL')
  }
}
