import { EventStream, route } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { catalogue } from '@heavylift/engine/catalogue'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { pullSchema } from '../engines/pulls.ts'
import type { Pulls } from '../engines/pulls.ts'
import { requireManager } from './visibility.ts'

const pullsSchema = z.object({
  catalogue: z
    .array(
      z.object({
        name: z.string(),
        summary: z.string(),
        licence: z.string(),
        bytes: z.number(),
      }),
    )
    .describe('What can be pulled by name, whether it is here or not.'),
  pulls: z.array(pullSchema).describe('Of this server since its start, newest first.'),
})

/** Changes come in bursts (one for each piece of a file); nobody reads more often than this. */
const quietMs = 200

/** Pulling models on the server's machine. */
export function pullRoutes(models: ModelsContext) {
  const state = (): z.output<typeof pullsSchema> => ({
    catalogue: catalogue.map(({ name, summary, licence, bytes }) => ({ name, summary, licence, bytes })),
    pulls: models.pulls.list(),
  })
  return [
    route({
      method: 'get',
      path: '/pulls',
      summary: 'Models that can be pulled by name, and the pulls that run or ran.',
      access: 'admin',
      response: pullsSchema,
      handle: ({ caller }) => {
        requireManager(caller)
        return state()
      },
    }),
    route({
      method: 'get',
      path: '/pulls/live',
      summary: 'The same at once and then at every change, as server-sent events.',
      access: 'admin',
      events: { message: pullsSchema },
      handle: ({ caller, signal }) => {
        requireManager(caller)
        return new EventStream(changesOf(models.pulls, state, signal))
      },
    }),
    route({
      method: 'post',
      path: '/pulls',
      summary:
        'Pulls a model in the background, with the engine that serves it: a name of the catalogue, hf:owner/repo/file.gguf or an https address. The first one is served by itself.',
      access: 'admin',
      body: z.object({ name: z.string().min(1).max(1000) }),
      response: pullSchema,
      handle: ({ caller, body }) => {
        requireManager(caller)
        return models.pulls.start(body.name)
      },
    }),
    route({
      method: 'delete',
      path: '/pulls',
      summary: 'Cancels a pull; what was fetched stays for the next time.',
      access: 'admin',
      query: z.object({ name: z.string().min(1).max(1000) }),
      response: pullsSchema,
      handle: async ({ caller, query }) => {
        requireManager(caller)
        await models.pulls.cancel(query.name)
        return state()
      },
    }),
  ]
}

async function* changesOf(
  pulls: Pulls,
  state: () => z.output<typeof pullsSchema>,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  while (!signal.aborted) {
    const since = pulls.changed.count
    yield { data: state() }
    await pulls.changed.wait({ since, signal })
    await sleep(quietMs, signal)
  }
}
