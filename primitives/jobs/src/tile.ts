import type { Tile } from '@heavylift/core'
import { sum } from '@heavylift/core/math'
import { plural } from '@heavylift/core/text'
import { explainSplit } from '@heavylift/store'
import type { JobsContext } from './context.ts'

/** What the Jobs tile on the home page says. */
export async function createTile({ jobs, store, sharedDir }: JobsContext, tenantId: string): Promise<Tile> {
  const servers = sharedDir === undefined ? await store.shared.countServers() : 1
  const all = tenantId === 'main' ? await jobs.list() : []
  const running = all.filter(({ state }) => state === 'running' || state === 'waiting')
  const workers = sum(running, (job) => job.workers)
  const perSecond = sum(running, (job) => job.inputsPerSecond ?? 0)
  const first = running[0]
  return {
    state: servers > 1 ? 'degraded' : 'running',
    headline:
      servers > 1
        ? explainSplit(servers, 'its own jobs')
        : first === undefined
          ? all.length === 0
            ? 'No job yet. “npx heavylift jobs sample” runs a small one.'
            : `Nothing runs. ${plural(all.length, 'job')} kept.`
          : `${first.name}: ${Math.floor((100 * first.inputsDone) / Math.max(1, first.inputs))} % on ${plural(workers, 'worker')}${running.length > 1 ? `, ${running.length - 1} more waiting or running` : ''}.`,
    number: {
      label: 'Inputs done a second',
      value: first === undefined ? null : Math.round(perSecond),
      unit: '/s',
    },
    // Outcomes of inputs are results, not decisions: nothing of them is in the ledger.
    decisionsToday: 0,
    needs: all
      .filter(({ state }) => state === 'failed' || state === 'stopped')
      .map(({ id, name, state }) => ({ text: `${name} ${state}`, to: `/jobs/${id}` })),
    picture: {
      jobs: all
        .slice(0, 4)
        .map(({ id, name, state, inputs, inputsDone }) => ({ id, name, state, inputs, inputsDone })),
    },
  }
}
