import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { expect } from 'vitest'
import { agents as system } from '../../src/system.ts'
import { endStates } from '../../src/run/entry.ts'
import type { OpenAgents } from '../../src/open-agents.ts'
import type { RunRow } from '../../src/run/run-row.ts'
import { openTestAgents } from '../../src/testing/open-test-agents.ts'

export const tenantId = 'main'

export interface Scene {
  agents: OpenAgents
  store: TestStore
  /** Publishes a definition and puts it live. */
  publish(definition: Record<string, unknown>): Promise<number>
  /** Starts a run; what it came to once it has ended. */
  run(agent: string, input?: unknown, id?: string): Promise<RunRow>
  ended(runId: string): Promise<RunRow>
  inState(runId: string, state: string): Promise<RunRow>
  output(row: RunRow): Promise<unknown>
  /** `kind` and `path` of what happened, in order. */
  story(runId: string): Promise<string[]>
  close(): Promise<void>
}

/** Agents on a database of their own, with durable runs started. */
export async function openScene(options: Parameters<typeof openTestAgents>[1] = {}): Promise<Scene> {
  const store = await createTestStore({ durable: true, migrations: { agents: system.migrations } })
  const agents = openTestAgents(store.host.forSystem('agents'), options)
  await store.host.startDurable()
  agents.dispatch()
  const inState = async (runId: string, ...states: string[]): Promise<RunRow> => {
    let row!: RunRow
    await expect
      .poll(
        async () => {
          row = await agents.runs.find(tenantId, runId)
          return row.state
        },
        { timeout: 30_000, interval: 20 },
      )
      .toSatisfy((state: string) => states.includes(state))
    return row
  }
  const ended = (runId: string): Promise<RunRow> => inState(runId, ...endStates)
  return {
    agents,
    store,
    ended,
    inState,
    async publish(definition) {
      const full = { schema: 'heavylift.agent/1', title: String(definition['name']), ...definition }
      const { version } = await agents.agents.publish(tenantId, full)
      await agents.agents.putLive(tenantId, String(definition['name']), version)
      return version
    },
    async run(agent, input = {}, id) {
      const started = await agents.runs.start({ tenantId, agent, id, input, trigger: { kind: 'manual' } })
      return await ended(started.id)
    },
    output: (row) => agents.runs.read(row.output),
    async story(runId) {
      const entries = await agents.runs.entries(tenantId, runId, -1, 10_000)
      return entries.map(({ path, happened }) => `${happened.kind} ${path}`)
    },
    async close() {
      await agents.close()
      await store.close()
    },
  }
}
