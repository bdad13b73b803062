import { NotFoundError } from '@heavylift/core'
import type { Kysely } from 'kysely'

export interface MatchStream {
  /** Address of an HLS playlist. */
  url: string
  /** Milliseconds from an event's time to the EXT-X-PROGRAM-DATE-TIME of its picture. */
  offsetMs: number
}

export interface MatchStreamTables {
  match_stream: { tenant_id: string; match_id: string; url: string; offset_ms: number }
}

/** Where the video of each match is. */
export interface MatchStreams {
  find(tenantId: string, matchId: string): Promise<MatchStream | null>
  /** Throws a NotFoundError (`stream-not-found`). */
  get(tenantId: string, matchId: string): Promise<MatchStream>
  save(tenantId: string, matchId: string, stream: MatchStream): Promise<void>
  remove(tenantId: string, matchId: string): Promise<boolean>
}

export function createMatchStreams(db: Kysely<MatchStreamTables>): MatchStreams {
  const find: MatchStreams['find'] = async (tenantId, matchId) => {
    const row = await db
      .selectFrom('match_stream')
      .where('tenant_id', '=', tenantId)
      .where('match_id', '=', matchId)
      .select(['url', 'offset_ms'])
      .executeTakeFirst()
    return row ? { url: row.url, offsetMs: Number(row.offset_ms) } : null
  }
  return {
    find,
    async get(tenantId, matchId) {
      const stream = await find(tenantId, matchId)
      if (stream) return stream
      throw new NotFoundError({
        code: 'stream-not-found',
        message: `Match ${matchId} has no video. Name its HLS address by PUT /api/live/matches/${matchId}/stream.`,
      })
    },
    async save(tenantId, matchId, { url, offsetMs }) {
      await db
        .insertInto('match_stream')
        .values({ tenant_id: tenantId, match_id: matchId, url, offset_ms: offsetMs })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'match_id']).doUpdateSet({ url, offset_ms: offsetMs }),
        )
        .execute()
    },
    async remove(tenantId, matchId) {
      const { numDeletedRows } = await db
        .deleteFrom('match_stream')
        .where('tenant_id', '=', tenantId)
        .where('match_id', '=', matchId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
