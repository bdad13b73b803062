import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AddressContext } from '../context.ts'
import { kinds } from '../domain/kinds.ts'
import { readDefects, sampleTrial, trialOf } from '../decide/defects.ts'

const interval = z.object({ estimate: z.number(), low: z.number(), high: z.number() })

const defects = z.object({
  arms: z.array(z.object({ arm: z.string(), deliveries: z.int(), defects: z.int(), rate: interval })),
  waiting: z.int(),
  reductionPct: interval.nullable(),
})

export const summaryRoutes = (context: AddressContext) => [
  route({
    method: 'get',
    path: '/summary',
    summary:
      'How many addresses are of which kind, how many wait for a person, how often decisions were right, and what deliveries came to.',
    access: 'operator',
    response: z.object({
      kinds: z.array(z.object({ kind: z.enum(kinds), asked: z.int(), decided: z.int() })),
      samples: z.int(),
      calibration: z.array(
        z.object({
          low: z.number(),
          high: z.number(),
          n: z.int(),
          meanConfidence: z.number(),
          rate: z.number(),
        }),
      ),
      defects: defects.extend({ isSample: z.boolean() }),
      hours: z.object({ saved: z.number(), minutesALookUp: z.number(), decided: z.int() }),
    }),
    handle: async ({ caller: { tenantId } }) => {
      const { config, places, store } = context
      const trial = trialOf(config)
      const [counts, samples, { calibration }, own, sample] = await Promise.all([
        places.counts(tenantId),
        places.sampleCount(tenantId),
        store.ledger.summary(tenantId, { system: 'address' }),
        trial === null ? null : readDefects(store.ledger, tenantId, trial),
        readDefects(store.ledger, tenantId, sampleTrial),
      ])
      const decided = counts.reduce((sum, one) => sum + one.decided, 0)
      const isSample = own === null || own.arms.every(({ deliveries }) => deliveries === 0)
      return {
        kinds: counts,
        samples,
        calibration: calibration.bins,
        defects: { ...(isSample ? sample : own), isSample },
        hours: {
          saved: (decided * config.minutesALookUp) / 60,
          minutesALookUp: config.minutesALookUp,
          decided,
        },
      }
    },
  }),
]
