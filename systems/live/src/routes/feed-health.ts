import { route } from '@heavylift/core'
import { deadLetterCodec, nameDeadLetterTopic } from '@heavylift/streams'
import type { LiveContext } from '../context.ts'
import { matchKey, splitMatchKey } from '../domain/match-key.ts'
import type { MatchSummary } from '../matches/match-store.ts'
import type { FeedPulse } from '../pipeline/ingest/feed-health.ts'
import { feedTopic } from '../pipeline/topics.ts'
import { feedHealthSchema } from './answers.ts'
import type { FeedHealthRow } from './answers.ts'

/** Dead letters that are looked at, newest; more are counted in the log, not here. */
const lettersRead = 2_000
const lettersShown = 20
/** A live feed that says nothing for so long is silent. */
const silentMs = 120_000
/** A clock further off than this is wrong; further off than a day it is a recording's. */
const skewMs = 60_000
const dayMs = 86_400_000
/** From this share of what a feed sent, or from this many in the last ten minutes, losses are an alarm. */
const lostShare = 0.01
const recentMs = 600_000

type DeadLetter = ReturnType<typeof deadLetterCodec.decode>

interface Lost {
  rejected: number
  late: number
  dead: number
  recent: number
}

const nothingLost: Lost = { rejected: 0, late: 0, dead: 0, recent: 0 }

/** How every feed is: its last event, its clock, and what of it was lost. */
export function feedHealthRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/feeds',
      summary:
        'How every feed is: last event, skew of its clock, what was refused, late or dead, and whether that is an alarm.',
      access: 'operator',
      response: feedHealthSchema,
      async handle({ caller, signal }) {
        const nowMs = live.clock.nowMs()
        const [matches, letters] = await Promise.all([
          live.matches.list(caller.tenantId),
          readLetters(live, caller.tenantId, signal),
        ])
        const lost = new Map<string, Lost>()
        for (const { letter, atMs } of letters) {
          const { matchId } = splitMatchKey(letter.key)
          const sum = lost.get(matchId) ?? { ...nothingLost }
          sum[kindOf(letter)]++
          if (atMs > nowMs - recentMs) sum.recent++
          lost.set(matchId, sum)
        }
        const known = new Map(matches.map((match) => [match.match.id, match]))
        const feeds = [...new Set([...known.keys(), ...lost.keys()])].map((matchId) =>
          rowOf(
            matchId,
            known.get(matchId) ?? null,
            live.health.pulseOf(matchKey(caller.tenantId, matchId)),
            lost.get(matchId) ?? nothingLost,
            nowMs,
          ),
        )
        feeds.sort(
          (a, b) =>
            Number(b.alarm !== null) - Number(a.alarm !== null) ||
            (b.lastEventMs ?? 0) - (a.lastEventMs ?? 0),
        )
        return {
          feeds,
          letters: letters
            .slice(-lettersShown)
            .toReversed()
            .map(({ letter, atMs }) => ({
              atMs,
              match: splitMatchKey(letter.key).matchId,
              kind: kindOf(letter),
              where: letter.where,
              reason: letter.reason,
            })),
        }
      },
    }),
  ]
}

function kindOf({ kind }: DeadLetter): 'rejected' | 'late' | 'dead' {
  if (kind === 'too-late') return 'late'
  return kind === 'refused' ? 'rejected' : 'dead'
}

/** The newest dead letters of a tenant, oldest first. */
async function readLetters(
  live: LiveContext,
  tenantId: string,
  signal: AbortSignal,
): Promise<{ letter: DeadLetter; atMs: number }[]> {
  const topic = nameDeadLetterTopic(feedTopic)
  const { first, next } = await live.streams.range(topic)
  if (first >= next) return []
  const letters: { letter: DeadLetter; atMs: number }[] = []
  const fromOffset = Math.max(first, next - lettersRead)
  for await (const batch of live.streams.read(topic, { fromOffset, until: 'end', signal }))
    for (const { key, payload, schemaVersion, appendedAtMs } of batch)
      if (splitMatchKey(key).tenantId === tenantId)
        letters.push({ letter: deadLetterCodec.decode(payload, schemaVersion), atMs: appendedAtMs })
  return letters
}

function rowOf(
  matchId: string,
  known: MatchSummary | null,
  pulse: FeedPulse | null,
  lost: Lost,
  nowMs: number,
): FeedHealthRow {
  const taken = pulse?.accepted ?? 0
  const lostCount = lost.rejected + lost.late + lost.dead
  const isLive = known?.status === 'live' && pulse !== null
  const isRecording = pulse !== null && Math.abs(pulse.skewMs) > dayMs
  return {
    match: matchId,
    title: known?.match.title ?? (matchId === '' ? 'Feeds that name no match' : matchId),
    status: known?.status ?? 'unknown',
    lastEventMs: pulse?.newestEventMs ?? known?.lastEventMs ?? null,
    lastArrivalMs: pulse?.lastArrivalMs ?? null,
    skewMs: pulse === null || isRecording ? null : pulse.skewMs,
    accepted: taken,
    duplicates: pulse?.duplicates ?? 0,
    rejected: lost.rejected,
    late: lost.late,
    dead: lost.dead,
    alarm:
      lost.recent > 0 && lostCount >= lostShare * (taken + lostCount)
        ? `${lost.recent} ${lost.recent === 1 ? 'event' : 'events'} of the last ten minutes were refused, late or dead: see the reasons below.`
        : isLive && nowMs - pulse.lastArrivalMs > silentMs
          ? `Nothing has come for ${Math.round((nowMs - pulse.lastArrivalMs) / 60_000)} minutes, and the match has not ended.`
          : isLive && !isRecording && Math.abs(pulse.skewMs) > skewMs
            ? `Its clock is ${Math.round(Math.abs(pulse.skewMs) / 1000)} s ${pulse.skewMs > 0 ? 'ahead of' : 'behind'} this server's.`
            : null,
  }
}
