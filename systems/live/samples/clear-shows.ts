import type { Clock } from '@heavylift/core'
import type { MatchStore } from '../src/matches/match-store.ts'

/** Nobody plays a simulated match that is silent for this long. */
const leftAfterMs = 60_000

/**
 * Makes room for a show's next match: the one before it stays to look back on; what is older goes, and what an earlier server
 * left unfinished.
 */
export async function clearShow(
  matchId: string,
  tenantId: string,
  live: {
    matches: MatchStore
    clock: Clock
    removeMatch(tenantId: string, matchId: string): Promise<boolean>
  },
): Promise<void> {
  const prefix = matchId.slice(0, matchId.lastIndexOf('-') + 1)
  const own = (await live.matches.list(tenantId)).filter(({ match }) => match.id.startsWith(prefix))
  for (const [age, { match, status, lastEventMs }] of own.entries()) {
    const isLeft = status !== 'ended' && lastEventMs < live.clock.nowMs() - leftAfterMs
    if (age > 0 || isLeft) await live.removeMatch(tenantId, match.id)
  }
}
