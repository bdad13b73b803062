import type { Route, RunningSystem } from '@heavylift/core'
import { loadSample } from '../samples/load-sample.ts'
import type { AddressConfig } from './config.ts'
import type { AddressContext, AddressServices } from './context.ts'
import { defectOutcome, sampleTrial, trialOf } from './decide/defects.ts'
import { Places } from './decide/places.ts'
import { offerAgent } from './agent/offer-agent.ts'
import { routeGroups } from './routes/route-groups.ts'

const dayMs = 86_400_000

export async function startAddress(services: AddressServices, config: AddressConfig): Promise<RunningSystem> {
  const trial = trialOf(config)
  const places = new Places(services, trial)
  const context: AddressContext = { ...services, config, places }
  await offerAgent(services, places)
  return {
    routes: routeGroups.flatMap<Route>((group) => group(context)),
    experiments: [...(trial === null ? [] : [trial]), sampleTrial].map(({ name, attributionMs }) => ({
      name,
      attributionMs,
      outcomeKind: defectOutcome,
      units: 'addresses',
      betterIs: 'fewer' as const,
    })),
    async tile(tenantId) {
      const [counts, today] = await Promise.all([
        places.counts(tenantId),
        services.store.ledger.summary(tenantId, {
          system: 'address',
          fromMs: services.clock.nowMs() - dayMs,
          by: 'recorded',
        }),
      ])
      const asked = counts.reduce((sum, one) => sum + one.asked, 0)
      const known = counts.reduce((sum, one) => sum + one.decided + one.asked, 0)
      return {
        state: 'running',
        headline:
          known === 0
            ? 'Waiting for addresses.'
            : `Knows what kind of place ${known - asked} of ${known} addresses are.`,
        number: {
          label: 'decided without asking',
          value: known === 0 ? null : (100 * (known - asked)) / known,
          unit: '%',
          goal: { atLeast: 80 },
        },
        decisionsToday: today.count,
        ...(asked === 0
          ? {}
          : {
              needs: [
                {
                  text: `${asked} ${asked === 1 ? 'address waits' : 'addresses wait'} to be asked about`,
                  to: '/address/queue',
                },
              ],
            }),
        picture: counts,
      }
    },
    ...(config.sample ? { loadSample: (tenantId, report) => loadSample(context, tenantId, report) } : {}),
    stop: () => Promise.resolve(),
  }
}
