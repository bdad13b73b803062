import { route } from '@heavylift/core'
import { z } from 'zod'
import { requireMainTenant } from './keys.ts'
import type { ServerContext } from './server-context.ts'

const settingSchema = z.object({
  name: z.string().describe('E.g. `server.port`.'),
  description: z.string(),
  value: z.string().describe('As text.'),
  source: z.enum(['default', 'file', 'environment']),
})

/** One option with the value in force. Secrets are masked before they come here. */
export type Setting = z.output<typeof settingSchema>

const settingsSchema = z.object({ options: z.array(settingSchema) })

/** What the installation runs with. */
export function settingsRoutes({ settings }: Pick<ServerContext, 'settings'>) {
  return [
    route({
      method: 'get',
      path: '/settings',
      summary: 'Every option with its value and where it came from; secrets are masked.',
      access: 'admin',
      response: settingsSchema,
      handle({ caller }) {
        requireMainTenant(caller)
        return { options: settings() }
      },
    }),
  ]
}
