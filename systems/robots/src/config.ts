import { z } from 'zod'

/** Options of robots. */
export const robotsConfig = z.object({
  floor: z
    .object({
      robots: z.int().min(1).max(20_000).default(2000).describe('Robots on the made floor.'),
      rows: z.int().min(24).max(400).default(92).describe('Rows of cells of the made floor.'),
      columns: z.int().min(24).max(1000).default(200).describe('Columns of cells of the made floor.'),
      stepMs: z
        .int()
        .min(50)
        .max(10_000)
        .default(500)
        .describe('How long a step is shown; on the floor it takes a second.'),
      goalPerHour: z.int().min(1).default(40_000).describe('Tasks an hour that the made floor is to do.'),
      units: z.int().min(1000).default(30_000).describe('Units of work that a step may plan.'),
    })
    .prefault({})
    .describe('The made floor of the console. It sleeps while nobody looks.'),
})

export type RobotsConfig = z.output<typeof robotsConfig>
