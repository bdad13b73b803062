import type { Tile } from '@heavylift/core'
import type { JobsService } from './service/jobs-service.ts'

const dayMs = 86_400_000

/** What the Jobs tile on the home page says. */
export async function createTile(jobs: JobsService, tenantId: string, nowMs: number): Promise<Tile> {
  const all = tenantId === 'main' ? await jobs.list() : []
  const running = all.filter(({ state }) => state === 'running' || state === 'waiting')
  const workers = running.reduce((sum, job) => sum + job.workers, 0)
  const perSecond = running.reduce((sum, job) => sum + (job.inputsPerSecond ?? 0), 0)
  const today = all.filter(({ startedAtMs }) => (startedAtMs ?? 0) >= Math.floor(nowMs / dayMs) * dayMs)
  const first = running[0]
  return {
    state: 'running',
    headline:
      first === undefined
        ? all.length === 0
          ? 'No job yet. `npx heavylift jobs sample` runs a small one.'
          : `Nothing runs. ${all.length.toLocaleString('en')} job${all.length === 1 ? '' : 's'} kept.`
        : `${first.name}: ${Math.floor((100 * first.inputsDone) / Math.max(1, first.inputs))} % on ${workers} worker${workers === 1 ? '' : 's'}${running.length > 1 ? `, ${running.length - 1} more waiting or running` : ''}.`,
    number: {
      label: 'Inputs done a second',
      value: first === undefined ? null : Math.round(perSecond),
      unit: '/s',
    },
    decisionsToday: today.reduce((sum, { inputsDone }) => sum + inputsDone, 0),
    picture: {
      jobs: all
        .slice(0, 4)
        .map(({ id, name, state, inputs, inputsDone }) => ({ id, name, state, inputs, inputsDone })),
    },
  }
}
