import { createRandom } from '@heavylift/core/math'
import { weekMs } from '../../src/velocity/deployment.ts'
import type { Deployment } from '../../src/velocity/deployment.ts'

const weeks = 52

/** Made histories: how many deployments a week, and what an adoption some weeks ago made of it; those without one are the controls. */
const services = [
  { repository: 'library-loans', perWeek: 6, adoptedWeeksAgo: 20, times: 2.2 },
  { repository: 'clinic-visits', perWeek: 2, adoptedWeeksAgo: 5, times: 1.5 },
  { repository: 'parcel-tracking', perWeek: 4, adoptedWeeksAgo: null, times: 1 },
  { repository: 'seat-booking', perWeek: 2, adoptedWeeksAgo: null, times: 1 },
  { repository: 'meter-readings', perWeek: 3, adoptedWeeksAgo: null, times: 1 },
] as const

/** A year of deployments until now of the two sample services and of three that changed nothing. */
export function sampleDeployments(nowMs: number): {
  deployments: Deployment[]
  adoptions: { repository: string; atMs: number }[]
} {
  const deployments = services.flatMap(({ repository, perWeek, adoptedWeeksAgo, times }) => {
    const random = createRandom(`deployments-${repository}`)
    return Array.from({ length: weeks }, (_, at) => weeks - at).flatMap((weeksAgo) => {
      const isAfter = adoptedWeeksAgo !== null && weeksAgo <= adoptedWeeksAgo
      return Array.from({ length: random.poisson(perWeek * (isAfter ? times : 1)) }, (): Deployment => {
        const hasFailed = random.next() < 0.12
        return {
          repository,
          atMs: Math.floor(nowMs - (weeksAgo - random.next()) * weekMs),
          hasFailed,
          isRework: random.next() < 0.1,
          batchCommits: 1 + random.poisson(isAfter ? 3 : 6),
          leadHours: 4 + random.next() * (isAfter ? 40 : 90),
          recoveryHours: hasFailed ? 1 + random.next() * 8 : null,
        }
      })
    })
  })
  return {
    deployments,
    adoptions: services.flatMap(({ repository, adoptedWeeksAgo }) =>
      adoptedWeeksAgo === null ? [] : [{ repository, atMs: nowMs - adoptedWeeksAgo * weekMs }],
    ),
  }
}
