import { route } from '@heavylift/core'
import { z } from 'zod'
import { requireMainTenant } from '../access/require-main-tenant.ts'
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
      response: settingsSchema,
      handle({ caller }) {
        requireMainTenant(caller)
        return { options: settings() }
      },
    }),
  ]
}
