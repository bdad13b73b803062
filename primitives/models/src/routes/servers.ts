import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { foundServerSchema } from '../discovery/find-servers.ts'
import { isUsed, serverEdits } from '../engines/use-server.ts'
import { requireManager } from './visibility.ts'

const serversSchema = z.object({
  servers: z.array(foundServerSchema.extend({ isUsed: z.boolean().describe('Stands in the table.') })),
})

/** Servers of models on this machine. */
export function serverRoutes(models: ModelsContext) {
  const found = async () =>
    (await models.findServers()).map((server) => ({
      ...server,
      isUsed: isUsed(server, models.gateway.config),
    }))
  return [
    route({
      method: 'get',
      path: '/servers',
      summary:
        'Looks for servers of models (Ollama, vLLM, llama.cpp, LM Studio, SGLang, Jan) on their usual ports of 127.0.0.1. Changes nothing.',
      access: 'admin',
      response: serversSchema,
      handle: async ({ caller }) => {
        requireManager(caller)
        return { servers: await found() }
      },
    }),
    route({
      method: 'post',
      path: '/servers',
      summary: 'Puts a server that was found into the table, with its models under their own names.',
      access: 'admin',
      body: z.object({ url: z.string().min(1).max(200).describe('As found.') }),
      response: serversSchema,
      handle: async ({ caller, body }) => {
        requireManager(caller)
        // Looked for again: what is put into the table is on this machine, and is there now.
        const server = (await models.findServers()).find(({ url }) => url === body.url)
        if (!server) {
          throw new NotFoundError({
            code: 'server-not-found',
            message: `No server of models answers at ${body.url}. Look again; one elsewhere is added under Routes.`,
          })
        }
        const { version } = await models.configFile.read()
        await models.configFile.edit(serverEdits(server, models.gateway.config), version)
        return { servers: await found() }
      },
    }),
  ]
}
