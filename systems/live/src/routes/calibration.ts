import { route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { kindCalibrationSchema } from './answers.ts'

const dayMs = 86_400_000

/** How often insights of each kind came true, from the ledger. */
export function calibrationRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/calibration',
      summary: 'Calibration of each kind of insight, over those whose outcome came back.',
      access: 'operator',
      query: z.object({ days: z.coerce.number().min(0.01).max(3_650).default(30) }),
      response: z.object({ kinds: z.array(kindCalibrationSchema) }),
      async handle({ caller, query }) {
        const { ledger } = live.store
        const sinceMs = live.clock.nowMs() - query.days * dayMs
        const kinds = await live.matches.scoredKinds(caller.tenantId)
        return {
          kinds: await Promise.all(
            kinds.map(async (kind) => {
              const { count, calibration } = await ledger.summary(caller.tenantId, {
                system: 'live',
                kind,
                fromMs: sinceMs,
              })
              const { bins, brierScore, expectedCalibrationError } = calibration
              return {
                kind,
                decisions: count,
                scored: bins.reduce((sum, { n }) => sum + n, 0),
                brierScore,
                expectedCalibrationError,
                bins: bins.map(({ low, high, n, meanConfidence, rate }) => ({
                  low,
                  high,
                  n,
                  meanConfidence,
                  rate,
                })),
              }
            }),
          ),
        }
      },
    }),
  ]
}
