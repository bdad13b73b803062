import { EventStream, HeavyliftError, route, type ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import { Wakeup } from '@heavylift/core/async'
import type { Prepared } from '../cache/ready-answers.ts'
import type { ModelsContext, ReadyControl } from '../context.ts'

const tag = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,100}$/, 'expected letters, digits and . _ : -, at most 100')
  .describe('What the answers are for, e.g. shop:pills. They are dropped by it.')

const progressSchema = z.object({ done: z.number(), total: z.number() })
const preparedSchema = z.object({
  kept: z.number().describe('There before.'),
  made: z.number(),
  refused: z.number(),
  failed: z.array(z.object({ index: z.number(), code: z.string(), message: z.string() })),
})

/** Answers made before they are asked for. */
export function readyRoutes(models: ModelsContext) {
  return [
    route({
      method: 'post',
      path: '/ready',
      summary:
        'Asks models for answers ahead, behind everything else, and keeps them for who asks the same. Answers with `progress` events and one `done`.',
      access: 'operator',
      maxBodyBytes: 16 * 1024 * 1024,
      body: z.object({
        tag,
        ttlSeconds: z
          .number()
          .int()
          .min(1)
          .max(90 * 86_400),
        requests: z
          .array(
            z.object({
              api: z.enum(['chat', 'completions', 'embeddings', 'responses', 'messages']).default('chat'),
              model: z.string().min(1).max(200).describe('A model or a task, as clients will ask for it.'),
              body: z.record(z.string(), z.unknown()).describe('As clients will send it.'),
            }),
          )
          .min(1)
          .max(10_000),
      }),
      events: { progress: progressSchema, done: preparedSchema },
      handle: ({ caller, body, signal }) =>
        new EventStream(
          prepareEvents(models.ready, body.requests, {
            tenantId: caller.tenantId,
            tag: body.tag,
            ttlMs: body.ttlSeconds * 1000,
            signal,
          }),
        ),
    }),
    route({
      method: 'delete',
      path: '/ready',
      summary: 'Drops the answers made ahead under a tag.',
      access: 'operator',
      query: z.object({ tag }),
      response: z.object({ dropped: z.number() }),
      handle: async ({ caller, query }) => ({
        dropped: await models.ready.forget(caller.tenantId, query.tag),
      }),
    }),
  ]
}

/** How far it is, as fast as the client reads, and at last what became of each. */
async function* prepareEvents(
  ready: ReadyControl,
  requests: Parameters<ReadyControl['prepare']>[0],
  options: Omit<Parameters<ReadyControl['prepare']>[1], 'report'>,
): AsyncGenerator<ServerEvent> {
  let doneCount = 0
  let toldCount = 0
  let isOver = false
  const changed = new Wakeup()
  const preparing = ready
    .prepare(requests, {
      ...options,
      report: ({ done }) => {
        doneCount = done
        changed.wake()
      },
    })
    .finally(() => {
      isOver = true
      changed.wake()
    })
  // Heard when it is awaited below.
  preparing.catch(() => undefined)
  while (!isOver || toldCount < doneCount) {
    if (toldCount < doneCount) {
      toldCount = doneCount
      const data: z.output<typeof progressSchema> = { done: doneCount, total: requests.length }
      yield { event: 'progress', data }
    } else {
      await changed.wait()
    }
  }
  yield { event: 'done', data: doneData(await preparing) }
}

function doneData({ failed, ...counts }: Prepared): z.output<typeof preparedSchema> {
  return { ...counts, failed: failed.map(({ index, error }) => ({ index, ...said(error) })) }
}

function said(error: unknown): { code: string; message: string } {
  return HeavyliftError.isInstance(error)
    ? { code: error.code, message: error.message }
    : { code: 'answer-not-whole', message: 'The answer did not come to its own end; it is not kept.' }
}
