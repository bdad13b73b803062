import { z } from 'zod'

export const shopConfig = z.object({
  sampleProducts: z
    .int()
    .min(1)
    .max(200_000)
    .default(5_000)
    .describe('How many products the sample catalog holds when it is loaded on the first start.'),
  sampleSeed: z
    .int()
    .default(7)
    .describe('Seed of the sample catalog; the same seed makes the same catalog.'),
  maxImportBytes: z
    .int()
    .min(1)
    .default(4 * 1024 ** 3)
    .describe('Largest feed that an import accepts, in bytes.'),
})

export type ShopConfig = z.output<typeof shopConfig>
