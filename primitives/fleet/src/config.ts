import { z } from 'zod'

export const fleetConfigSchema = z.object({
  sample: z
    .boolean()
    .default(true)
    .describe('Shows a made cluster and log until there are logs of your own.'),
  slurm: z
    .object({
      conf: z
        .string()
        .optional()
        .describe(
          'Path of its slurm.conf; the one that the commands of Slurm find by themselves unless given.',
        ),
    })
    .optional()
    .describe(
      'Shadows the Slurm that squeue, sinfo and scontrol on this machine talk to. Nothing is changed there.',
    ),
})

export type FleetConfig = z.output<typeof fleetConfigSchema>
