import { EventStream, RawResponse, route } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import { insightSchema, outputSchemas } from '../domain/schemas.ts'
import type { LiveContext } from '../context.ts'
import type { MatchSummary } from '../matches/match-store.ts'
import { pictureSchema } from '../pipeline/pictures/picture-schema.ts'
import { insightEntrySchema, matchListingSchema } from './answers.ts'
import { cursorOf } from './cursor.ts'
import { insightMessage } from './insight-message.ts'

const matchParams = z.object({ matchId: z.string().min(1).max(100) })

export function matchRoutes(live: LiveContext) {
  /** With what the server knows at this moment, which the tables learn later. */
  const asSeen = (tenantId: string, summary: MatchSummary) => {
    const picture = live.pictures.current(tenantId, summary.match.id)
    return {
      ...summary,
      homeScore: picture?.homeScore ?? summary.homeScore,
      awayScore: picture?.awayScore ?? summary.awayScore,
      lastEventMs: Math.max(summary.lastEventMs, picture?.atMs ?? 0),
      span: live.pictures.span(tenantId, summary.match.id),
    }
  }

  return [
    route({
      method: 'get',
      path: '/matches',
      summary: 'Matches, the one with the newest event first.',
      access: 'operator',
      response: z.object({ matches: z.array(matchListingSchema) }),
      async handle({ caller }) {
        const matches = await live.matches.list(caller.tenantId)
        return {
          matches: matches
            .map((summary) => asSeen(caller.tenantId, summary))
            .toSorted((a, b) => b.lastEventMs - a.lastEventMs),
        }
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId',
      summary: 'One match.',
      access: 'operator',
      params: matchParams,
      response: matchListingSchema,
      handle: async ({ caller, params }) =>
        asSeen(caller.tenantId, await live.matches.get(caller.tenantId, params.matchId)),
    }),
    route({
      method: 'delete',
      path: '/matches/:matchId',
      summary: 'Deletes a match with its insights and tags.',
      access: 'operator',
      params: matchParams,
      response: z.object({ deleted: z.boolean() }),
      async handle({ caller, params }) {
        const { tenantId } = caller
        await live.matches.get(tenantId, params.matchId)
        return { deleted: await live.removeMatch(tenantId, params.matchId) }
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/insights',
      summary: 'Insights of a match, newest first, each in its newest revision with what came of it.',
      access: 'operator',
      params: matchParams,
      query: z.object({
        kind: z.string().max(100).optional(),
        subject: z.string().max(200).optional(),
        fromMs: z.coerce.number().optional(),
        toMs: z.coerce.number().optional(),
        before: z.string().max(100).optional(),
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
      response: z.object({ insights: z.array(insightEntrySchema) }),
      async handle({ caller, params, query }) {
        await live.matches.get(caller.tenantId, params.matchId)
        return { insights: await live.matches.insights(caller.tenantId, params.matchId, query) }
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/insights/stream',
      summary:
        'Insights as they come: events `insight`, `tag`, `scored`, `match`, `match-end`. Resumes by Last-Event-ID, at any server.',
      access: 'operator',
      params: matchParams,
      query: z.object({ after: z.string().max(30).optional() }),
      events: { ...outputSchemas, insight: insightSchema },
      async handle({ caller, params, query, lastEventId, signal }) {
        const { tenantId } = caller
        await live.matches.get(tenantId, params.matchId)
        const after = cursorOf(lastEventId ?? query.after ?? null)
        return new EventStream(toEvents(live.outputs.follow(tenantId, params.matchId, after, signal)))
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/picture',
      summary: 'Where everyone is, ten times a second: events `picture`.',
      access: 'operator',
      params: matchParams,
      events: { picture: pictureSchema },
      async handle({ caller, params, signal }) {
        const { tenantId } = caller
        await live.matches.get(tenantId, params.matchId)
        async function* pictures(): AsyncGenerator<ServerEvent> {
          for await (const data of live.pictures.follow(tenantId, params.matchId, signal))
            yield { event: 'picture', data }
        }
        return new EventStream(pictures())
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/pictures',
      summary: 'Pictures of a span of event time, thinned to at most `limit`, oldest first.',
      access: 'operator',
      params: matchParams,
      query: z.object({
        fromMs: z.coerce.number().default(0),
        toMs: z.coerce.number().default(Number.MAX_SAFE_INTEGER),
        limit: z.coerce.number().int().min(1).max(2_000).default(600),
      }),
      response: z.object({ pictures: z.array(pictureSchema) }),
      async handle({ caller, params, query }) {
        await live.matches.get(caller.tenantId, params.matchId)
        const texts = live.pictures.history(
          caller.tenantId,
          params.matchId,
          query.fromMs,
          query.toMs,
          query.limit,
        )
        return new RawResponse(`{"pictures":[${texts.join(',')}]}`, { 'content-type': 'application/json' })
      },
    }),
  ]
}

async function* toEvents(entries: ReturnType<LiveContext['outputs']['follow']>): AsyncGenerator<ServerEvent> {
  for await (const entry of entries) {
    const { type, cursor, ...data } = insightMessage(entry)
    yield { id: String(cursor), event: type, data: 'insight' in data ? data.insight : data }
  }
}
