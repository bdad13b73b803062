import { fork } from 'node:child_process'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'
import type { StoreHost } from '@heavylift/store'
import type { AgentsTables } from '../../run/run-row.ts'
import type { OpenAgents } from '../../open-agents.ts'
import { startEffectServer } from '../kill/effect-server.ts'
import { killAgent } from '../kill/kill-agent.ts'
import type { StartRun } from '../kill/serve-child.ts'

const tenantId = 'main'
const stops = 5
const runsAtOnce = 24

/** Stops an agent whose runs two other server processes work on, again and again. Milliseconds from the stop to the last of them having ended, and effects that took place twice. */
export async function timeStops(
  host: StoreHost,
  /** Works on no run itself: it stands for whoever stops. */
  desk: OpenAgents,
  dataDir: string,
  signal: AbortSignal,
): Promise<{ stopMs: number[]; doubled: number }> {
  const world = await startEffectServer(60, Math.random)
  const database = host.forSystem('agents').database<AgentsTables>()
  const { version } = await desk.agents.publish(tenantId, killAgent)
  await desk.agents.putLive(tenantId, 'killed', version)
  const children = await Promise.all(
    [0, 1].map(async (slot) => {
      const child = fork(join(import.meta.dirname, '../kill/agents-child.ts'), [
        host.databaseUrl,
        join(dataDir, `stops-${slot}`),
        world.url,
      ])
      await new Promise<void>((resolve) => child.once('message', () => resolve()))
      return child
    }),
  )
  const open = async (): Promise<number> => {
    const rows = await database
      .selectFrom('run')
      .select('id')
      .where('state', 'in', ['queued', 'running', 'waiting'])
      .execute()
    return rows.length
  }
  const stopMs: number[] = []
  try {
    for (let round = 0; round < stops; round++) {
      const before = world.effects.length
      for (let at = 0; at < runsAtOnce; at++)
        children[at % 2]!.send({ id: `run-${round}-${at}`, agent: 'killed', input: {} } satisfies StartRun)
      while (world.effects.length < before + runsAtOnce) {
        signal.throwIfAborted()
        await sleep(5)
      }
      const beganMs = performance.now()
      const id = await desk.stops.set(tenantId, {
        targets: [{ kind: 'agent', name: 'killed' }],
        because: 'The bench measures it.',
        by: 'bench',
      })
      while ((await open()) > 0) {
        signal.throwIfAborted()
        await sleep(5)
      }
      stopMs.push(performance.now() - beganMs)
      await desk.stops.lift(tenantId, id, { by: 'bench', because: 'Measured.' })
      // Until both have heard of it.
      await sleep(1_000)
    }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await world.close()
  }
  const seen = new Set(world.effects.map(({ run, n }) => `${run} ${n}`))
  return { stopMs, doubled: world.effects.length - seen.size }
}
