import { z } from 'zod'

/** Options of robots. */
export const robotsConfig = z.object({})

export type RobotsConfig = z.output<typeof robotsConfig>
