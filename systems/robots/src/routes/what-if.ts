import { route } from '@heavylift/core'
import { z } from 'zod'
import type { RobotsContext } from '../context.ts'
import { answerSchema } from '../what-if/answer.ts'
import { askWhatIf, listWhatIfs, questionOf, readRecording, readWhatIf } from '../what-if/ask.ts'
import { askedSchema, inputsOf, questionSchema } from '../what-if/question.ts'
import { recordingSchema } from '../what-if/what-if-task.ts'

const id = z.string().min(1).max(100)
const jobSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  runs: z.int(),
  runsDone: z.int(),
  createdAtMs: z.number().nullable(),
})

/** How many robots, with which stations, with an aisle closed: many runs of a made floor or of one's own, as jobs. */
export const whatIfRoutes = ({ jobs }: RobotsContext) => [
  route({
    method: 'get',
    path: '/what-if',
    summary: 'Questions that were asked, newest first.',
    access: 'operator',
    reach: 'installation',
    response: z.object({ jobs: z.array(jobSchema) }),
    handle: async () => ({ jobs: await listWhatIfs(jobs) }),
  }),
  route({
    method: 'post',
    path: '/what-if',
    summary: 'Asks a question: starts its runs, or goes on with them.',
    access: 'operator',
    reach: 'installation',
    body: askedSchema,
    response: z.object({ id: z.string(), runs: z.int() }),
    async handle({ body }) {
      const question = questionOf(body)
      const run = await askWhatIf(jobs, question)
      return { id: run.id, runs: inputsOf(question).length }
    },
  }),
  route({
    method: 'get',
    path: '/what-if/:id',
    summary: 'What the runs so far say: a curve with intervals, and what follows from it.',
    access: 'operator',
    reach: 'installation',
    params: z.object({ id }),
    response: jobSchema.extend({
      answered: z
        .object({ question: questionSchema, answer: answerSchema })
        .nullable()
        .describe('Null before each variant has been run once.'),
    }),
    handle: ({ params }) => readWhatIf(jobs, params.id),
  }),
  route({
    method: 'get',
    path: '/what-if/:id/recordings/:variant',
    summary: 'The first run of a variant, step by step, to be played back.',
    access: 'operator',
    reach: 'installation',
    params: z.object({ id, variant: z.coerce.number().int().min(0).max(100) }),
    response: recordingSchema,
    handle: ({ params }) => readRecording(jobs, params.id, params.variant),
  }),
]
