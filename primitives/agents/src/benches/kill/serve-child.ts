import { silentLogger, systemClock } from '@heavylift/core'
import { ModelDirectory } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { openStore } from '@heavylift/store'
import { openTestAgents } from '../../testing/open-test-agents.ts'
import type { ToolSource } from '../../tools/tool.ts'

/** What such a process is told to begin; it answers `{ started: id }`. */
export interface StartRun {
  id: string
  agent: string
  input: unknown
}

/** A server process of agents that is there to be killed: works on the runs of one database, and begins those that its parent sends. */
export async function serveChild(options: {
  databaseUrl: string
  dataDir: string
  sources: readonly ToolSource[]
  complete: Complete
}): Promise<void> {
  const { databaseUrl, dataDir, sources, complete } = options
  const host = await openStore({ databaseUrl, dataDir, log: silentLogger, clock: systemClock })
  const models = new ModelDirectory()
  models.attach(() => ({ name: 'scripted', complete }))
  const agents = openTestAgents(host.forSystem('agents'), { models, sources })
  await host.startDurable()
  agents.dispatch()

  process.on('message', ({ id, agent, input }: StartRun) => {
    agents.runs
      .start({ tenantId: 'main', agent, id, input, trigger: { kind: 'manual' } })
      .then(() => process.send?.({ started: id }))
      .catch((error: unknown) => process.send?.({ failed: id, error: String(error) }))
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.('ready')
}
