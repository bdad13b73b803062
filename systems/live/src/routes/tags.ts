import { route } from '@heavylift/core'
import { z } from 'zod'
import type { TagQuery } from '../events/store/tag-query.ts'
import { summarise } from '../events/summary/summarise.ts'
import { wordWithModel } from '../events/summary/word-with-model.ts'
import { eventTypes, parentOf } from '../events/taxonomy.ts'
import { sportSchema, tagSchema } from '../domain/schemas.ts'
import type { Tag } from '../domain/tag.ts'
import type { LiveContext } from '../context.ts'

const conditions = {
  match: z.string().max(100).optional(),
  sport: sportSchema.optional(),
  type: z.string().max(1000).optional().describe('Types with their children, separated by commas.'),
  actor: z.string().max(200).optional(),
  source: z.enum(['feed', 'detected', 'model', 'human']).optional(),
  q: z.string().max(500).optional().describe('Words, "a phrase", or, -not.'),
  fromMs: z.coerce.number().int().optional(),
  toMs: z.coerce.number().int().optional(),
  period: z.coerce.number().int().min(1).max(30).optional(),
  secondsLeftAtLeast: z.coerce.number().min(0).optional(),
  secondsLeftAtMost: z.coerce.number().min(0).optional(),
  importanceAtLeast: z.coerce.number().min(0).max(1).optional(),
}

const conditionsSchema = z.object(conditions)

const countSchema = z.object({ value: z.string(), count: z.number() })
const counts = z.array(countSchema)

function queryOf(asked: z.infer<typeof conditionsSchema>): TagQuery {
  const { match, type, actor, q, secondsLeftAtLeast, secondsLeftAtMost, ...same } = asked
  const types = type?.split(',').filter((one) => one !== '')
  return {
    ...same,
    matchId: match,
    types,
    actorId: actor,
    text: q,
    secondsLeft: { atLeast: secondsLeftAtLeast, atMost: secondsLeftAtMost },
  }
}

/** Most tags that a summary is made of; a game has a few hundred. */
const mostSummed = 20_000

async function tagsOfMatch(
  live: Pick<LiveContext, 'tags'>,
  tenantId: string,
  matchId: string,
): Promise<Tag[]> {
  const { tags } = await live.tags.search(tenantId, { matchId }, { order: 'oldest', limit: mostSummed })
  return tags
}

export function tagRoutes(live: Pick<LiveContext, 'tags' | 'matches' | 'models'>) {
  return [
    route({
      method: 'get',
      path: '/tags',
      summary: 'Tagged moments of all matches by any mix of conditions, page by page.',
      access: 'operator',
      query: z.object({
        ...conditions,
        order: z.enum(['newest', 'oldest', 'important']).default('newest'),
        after: z.string().max(1000).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
      response: z.object({ tags: z.array(tagSchema), next: z.string().nullable() }),
      handle({ caller, query: { order, after, limit, ...asked } }) {
        return live.tags.search(caller.tenantId, queryOf(asked), { order, after, limit })
      },
    }),
    route({
      method: 'get',
      path: '/tags/facets',
      summary: 'How many moments match by type, sport and player; of the newest where there are many.',
      access: 'operator',
      query: conditionsSchema,
      response: z.object({
        tags: z.number(),
        isComplete: z.boolean(),
        types: counts,
        sports: counts,
        actors: z.array(countSchema.extend({ name: z.string() })),
      }),
      handle: ({ caller, query }) => live.tags.facets(caller.tenantId, queryOf(query)),
    }),
    route({
      method: 'get',
      path: '/tag-types',
      summary: 'The taxonomy of moments, parents before children.',
      access: 'operator',
      response: z.object({
        types: z.array(z.object({ type: z.string(), title: z.string(), parent: z.string().nullable() })),
      }),
      handle: () =>
        Promise.resolve({
          types: eventTypes.map(({ type, title }) => ({ type, title, parent: parentOf(type) })),
        }),
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/summary',
      summary:
        'The match in words, each sentence with the tags that it rests on. `wording=model`: a model may word it, adding no facts.',
      access: 'operator',
      params: z.object({ matchId: z.string().min(1).max(100) }),
      query: z.object({
        length: z.enum(['short', 'long']).default('short'),
        wording: z.enum(['templates', 'model']).default('templates'),
      }),
      response: z.object({
        sentences: z.array(z.object({ text: z.string(), tagIds: z.array(z.string()) })),
        wordedBy: z.enum(['templates', 'model']),
      }),
      async handle({ caller: { tenantId }, params: { matchId }, query, signal }) {
        const { match } = await live.matches.get(tenantId, matchId)
        const summary = summarise(match, await tagsOfMatch(live, tenantId, matchId), { length: query.length })
        const model = query.wording === 'model' ? live.models.forTask('live.summary') : null
        return model ? wordWithModel(summary, model, { tenantId, signal }) : summary
      },
    }),
  ]
}
