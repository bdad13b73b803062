import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ServerContext } from './server-context.ts'
import { settingSchema } from './setting.ts'

const settingsSchema = z.object({ options: z.array(settingSchema) })

/** What the installation runs with. */
export function settingsRoutes({ settings }: Pick<ServerContext, 'settings'>) {
  return [
    route({
      method: 'get',
      path: '/settings',
      summary: 'Every option with its value and where it came from; secrets are masked.',
      access: 'admin',
      reach: 'installation',
      response: settingsSchema,
      handle() {
        return { options: settings() }
      },
    }),
  ]
}
