import { EventStream, RawResponse, route } from '@heavylift/core'
import type { Route, ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import type { Insight } from '../domain/insight.ts'
import type { Match } from '../domain/match.ts'
import type { LiveContext } from '../context.ts'
import type { MatchSummary } from '../matches/match-store.ts'
import { cursorOf } from './cursor.ts'
import { insightMessage } from './insight-message.ts'

const matchParams = z.object({ matchId: z.string().min(1).max(100) })

const matchSchema = z.object({
  match: z.custom<Match>(),
  status: z.string(),
  homeScore: z.number().nullable(),
  awayScore: z.number().nullable(),
  firstEventMs: z.number(),
  lastEventMs: z.number(),
  isSample: z.boolean(),
  /** Event time that can be scrubbed. */
  span: z.object({ fromMs: z.number(), toMs: z.number() }).nullable(),
})

const insightSchema = z.object({
  insight: z.custom<Insight>(),
  outcome: z
    .object({
      happened: z.union([z.number(), z.string()]),
      isCorrect: z.boolean(),
      confidence: z.number(),
      atMs: z.number(),
    })
    .nullable(),
})

export function matchRoutes(live: LiveContext): Route[] {
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
      response: z.object({ matches: z.array(matchSchema) }),
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
      response: matchSchema,
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
      response: z.object({ insights: z.array(insightSchema) }),
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
    yield { id: String(cursor), event: type, data: type === 'insight' ? data['insight'] : data }
  }
}
