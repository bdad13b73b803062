import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

const price = z.number().describe('For a GPU and an hour.')

/** What can be bought. GPUs come in units. */
export const offerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reserved'),
    name: z.string(),
    price,
    unitGpus: z.int().min(1),
    mostUnits: z.int().min(0),
  }),
  z.object({
    kind: z.literal('block'),
    name: z.string(),
    price,
    unitGpus: z.int().min(1),
    mostUnits: z.int().min(0).describe('At once, for each start.'),
    hours: z.int().min(1),
    startEveryHours: z.int().min(1),
    leadHours: z.int().min(0).describe('The first start is so long from now.'),
    soldOut: z
      .number()
      .min(0)
      .max(1)
      .describe('Chance that a start cannot be had; a unit counts for its expected part.'),
  }),
  z.object({ kind: z.literal('on-demand'), name: z.string(), price, limitGpus: z.int().min(0) }),
  z.object({
    kind: z.literal('spot'),
    name: z.string(),
    price,
    limitGpus: z.int().min(0),
    reclaim: z
      .number()
      .min(0)
      .max(0.9)
      .describe('Part of the hours that is lost to reclaims and done again.'),
  }),
])

export type Offer = z.output<typeof offerSchema>

/** @throws InvalidInputError `bad-offer` for a price below zero or a name that comes twice */
export function checkOffers(offers: readonly Offer[]): void {
  const names = new Set<string>()
  for (const { name, price: asked } of offers) {
    if (asked < 0)
      throw new InvalidInputError({
        code: 'bad-offer',
        message: `${name} has the price ${asked}: a price is 0 or more.`,
      })
    if (names.has(name))
      throw new InvalidInputError({
        code: 'bad-offer',
        message: `Two offers are called ${name}. Give each a name of its own.`,
      })
    names.add(name)
  }
}
