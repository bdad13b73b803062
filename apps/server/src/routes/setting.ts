import { z } from 'zod'

export const settingSchema = z.object({
  name: z.string().describe('E.g. `server.port`.'),
  description: z.string(),
  value: z.string().describe('As text.'),
  source: z.enum(['default', 'file', 'environment']),
})

/** One option with the value in force. Secrets are masked before they come here. */
export type Setting = z.output<typeof settingSchema>
