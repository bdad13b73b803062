import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ReadyContext } from '../context.ts'
import { readCustomLens } from '../review/custom-lens.ts'

const review = z.object({
  lens: z.string(),
  atMs: z.number(),
  results: z.array(
    z.object({
      id: z.string(),
      pillar: z.string(),
      risk: z.enum(['high', 'medium', 'low']),
      question: z.string(),
      fix: z.string(),
      state: z.enum(['ok', 'risk', 'waived', 'open', 'not-applicable']),
      evidence: z.string(),
      by: z.enum(['machine', 'person', 'nobody']),
      place: z.object({ path: z.string(), line: z.number() }).nullable(),
      owner: z.string(),
      due: z.string().nullable(),
      waiver: z.object({ until: z.string(), by: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  counts: z.record(z.enum(['ok', 'risk', 'waived', 'open', 'not-applicable']), z.number()),
})

export const reviewRoutes = ({ reviews }: ReadyContext) => [
  route({
    method: 'get',
    path: '/review',
    summary: 'The last review of this installation by the lens of sixty checks.',
    access: 'operator',
    reach: 'installation',
    response: review,
    handle: ({ caller }) => reviews.last(caller.tenantId),
  }),
  route({
    method: 'post',
    path: '/review',
    summary: 'Reviews this installation anew.',
    access: 'operator',
    reach: 'installation',
    response: review,
    handle: ({ caller }) => reviews.run(caller.tenantId),
  }),
  route({
    method: 'post',
    path: '/review/lens',
    summary: 'Reads a custom lens of the AWS Well-Architected Tool (JSON): its questions, choices and rules.',
    access: 'operator',
    body: z.object({ text: z.string().min(1).max(5_000_000) }),
    response: z.object({
      name: z.string(),
      questions: z.array(
        z.object({ id: z.string(), pillar: z.string(), title: z.string(), choices: z.number() }),
      ),
      remarks: z.array(z.object({ where: z.string(), advice: z.string() })),
    }),
    maxBodyBytes: 6 * 1024 * 1024,
    handle: ({ body }) => {
      const { name, questions, remarks } = readCustomLens(body.text)
      return {
        name,
        remarks,
        questions: questions.map(({ id, pillar, title, choices }) => ({
          id,
          pillar,
          title,
          choices: choices.length,
        })),
      }
    },
  }),
]
