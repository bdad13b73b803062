import type { Tile } from '@heavylift/core'
import { explainSplit } from '@heavylift/store'
import type { DriveContext } from './context.ts'

const dayMs = 86_400_000

/** What the Drive tile on the home page says. */
export async function createTile(drive: DriveContext, tenantId: string): Promise<Tile> {
  const { clearances, clock, store } = drive
  const [list, running, servers, summary] = await Promise.all([
    tenantId === 'main' ? clearances.list() : [],
    clearances.running(),
    drive.sharedDir === undefined ? store.shared.countServers() : 1,
    store.ledger.summary(tenantId, { system: 'drive', fromMs: clock.nowMs() - dayMs }),
  ])
  const last = list[0]
  const isRunning = tenantId === 'main' && running !== null && running.error === null
  const done = running?.progress
  return {
    state: servers > 1 ? 'degraded' : isRunning ? 'starting' : 'running',
    headline:
      servers > 1
        ? explainSplit(servers, 'its own clearances')
        : isRunning
          ? `Clearing ${running.version} on ${running.suite}${done ? `: ${done.done} of ${done.total ?? '?'} runs` : ''}.`
          : last
            ? `${last.version} on ${last.suite}: ${last.verdict}, ${last.failures} of ${last.n} runs failed.`
            : 'Nothing has been cleared yet. Begin: npx heavylift drive clear pdm --suite built-in.',
    number: {
      label: 'Runs passed in the last clearance',
      value: last ? Math.round((1000 * (last.n - last.failures)) / Math.max(1, last.n)) / 10 : null,
      unit: '%',
    },
    decisionsToday: summary.count,
    needs:
      last && !isRunning && !last.isSample && last.verdict !== 'cleared'
        ? [{ text: `${last.version} on ${last.suite} is ${last.verdict}`, to: `/drive/clearance/${last.id}` }]
        : [],
    picture: { scenario: 'town-traffic' },
  }
}
