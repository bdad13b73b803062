import type { Tile } from '@heavylift/core'
import type { ModelsContext } from './context.ts'
import { takeSnapshot } from './routes/live.ts'

const dayMs = 86_400_000

/** What the Models tile on the home page says: today (UTC) from the hourly sums, now from memory. */
export async function createTile(models: ModelsContext, tenantId: string): Promise<Tile> {
  const nowMs = models.clock.nowMs()
  const fromMs = Math.floor(nowMs / dayMs) * dayMs
  const { total } = await models.usage.readUsage({
    tenantId,
    fromMs,
    toMs: nowMs + 1,
    by: 'model',
    bucket: 'day',
  })
  const { overall, replicas, replicasWell: well, models: served, hasSample } = takeSnapshot(models, tenantId)
  // Refusals and hang-ups say nothing of how well calls go.
  const answered = total.calls - total.refused - total.cancelled
  const wentWell = answered === 0 ? null : Math.round((1 - total.failed / answered) * 10_000) / 100
  const load = `${count(well, 'replica')} of ${count(served.length, 'model')} ready, ${count(overall.inFlight, 'call')} in flight, ${Math.round(overall.tokensPerSecond)} tokens a second.`
  return {
    state: served.length > 0 && well === 0 ? 'degraded' : 'running',
    headline: hasSample
      ? `Sample traffic until your first call: ${load}`
      : served.length === 0
        ? 'Pull a model, or add a server that you have: none answers yet.'
        : load,
    number: {
      label: hasSample ? 'Sample calls that went well today' : 'Calls that went well today',
      value: wentWell,
      unit: '%',
      goal: { atLeast: 99.9 },
    },
    // A sample decides nothing.
    decisionsToday: hasSample ? 0 : total.calls,
    picture: {
      tokens: overall.tokens.slice(-60),
      tokensPerSecond: overall.tokensPerSecond,
      inFlight: overall.inFlight,
      ttftMs: overall.ttftMs,
      costMicrosToday: total.costMicros,
      replicas: replicas.map(({ id, state, inFlight, maxInFlight }) => ({
        id,
        state,
        inFlight,
        maxInFlight,
      })),
    },
  }
}

function count(number: number, one: string): string {
  return `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`
}
