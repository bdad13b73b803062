import { z } from 'zod'

export const recapQuery = z.object({
  /** When the viewer joins, on the clock of the pictures; the newest picture when left out. */
  from: z.coerce.number().optional(),
  seconds: z.coerce.number().min(10).max(1_800).default(120),
})

export const askOf = ({ from, seconds }: z.output<typeof recapQuery>) => ({
  fromMs: from ?? null,
  budgetMs: seconds * 1_000,
})
