import { route } from '@heavylift/core'
import type { Route } from '@heavylift/core'
import { z } from 'zod'
import { requireMainTenant } from './keys.ts'

/** One option with the value in force. Secrets are masked before they come here. */
export interface Setting {
  /** `server.port` */
  name: string
  description: string
  /** As text. */
  value: string
  source: 'default' | 'file' | 'environment'
}

const settingsSchema = z.object({
  options: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      value: z.string(),
      source: z.enum(['default', 'file', 'environment']),
    }),
  ),
})

/** What the installation runs with. */
export function settingsRoutes(settings: () => Setting[]): Route[] {
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
