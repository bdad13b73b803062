import { EventStream, route } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { whatMatters } from '../matches/what-matters.ts'
import { pictureSchema } from '../pipeline/pictures/picture-schema.ts'

/** Matches of one stream of pictures. */
const mostMatches = 4
/** Outputs of a match that are looked through; some minutes of a busy one. */
const lookedThrough = 1_500
const mostListed = 30

/** Several matches at once. */
export function wallRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/now',
      summary: 'What matters now over all live matches: moments, the most pressing first.',
      access: 'operator',
      response: z.object({
        moments: z.array(
          z.object({
            id: z.string(),
            matchId: z.string(),
            title: z.string(),
            text: z.string(),
            atMs: z.number(),
            agoMs: z.number(),
            importance: z.number(),
            score: z.number(),
          }),
        ),
      }),
      async handle({ caller: { tenantId } }) {
        const matches = await live.matches.list(tenantId)
        const moments = matches
          .filter(({ status }) => status === 'live')
          .flatMap(({ match, lastEventMs }) => {
            const nowMs = Math.max(lastEventMs, live.pictures.current(tenantId, match.id)?.atMs ?? 0)
            const outputs = live.outputs.recent(tenantId, match.id, lookedThrough)
            return whatMatters(match.id, outputs, nowMs).map((moment) => ({ ...moment, title: match.title }))
          })
        return { moments: moments.toSorted((a, b) => b.score - a.score).slice(0, mostListed) }
      },
    }),
    route({
      method: 'get',
      path: '/pictures/stream',
      summary: 'Pictures of up to four matches in one stream: events `picture` with the match they are of.',
      access: 'operator',
      query: z.object({
        matches: z
          .string()
          .transform((ids) => ids.split(','))
          .pipe(z.array(z.string().min(1).max(100)).min(1).max(mostMatches)),
      }),
      events: { picture: z.object({ matchId: z.string(), picture: pictureSchema }) },
      async handle({ caller: { tenantId }, query, signal }) {
        for (const matchId of query.matches) await live.matches.get(tenantId, matchId)
        async function* pictures(): AsyncGenerator<ServerEvent> {
          for await (const data of live.pictures.followSeveral(tenantId, query.matches, signal))
            yield { event: 'picture', data }
        }
        return new EventStream(pictures())
      },
    }),
  ]
}
