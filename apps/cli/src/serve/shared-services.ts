import { join } from 'node:path'
import type { LoadedConfig } from '@heavylift/core/runtime'
import type { JobsConfig } from '@heavylift/jobs'
import type { AnySystem, PlatformServices } from '@heavylift/server'

type Shared = Pick<PlatformServices, 'models' | 'agents' | 'jobs'>

export interface SharedServices {
  /** What a system is given beside its own store: its own service, and those of the systems that it needs. */
  of(system: string): Shared
}

/** Opens the services that running systems share. One that no running system has or needs is not even loaded. */
export async function openSharedServices(
  systems: readonly AnySystem[],
  config: LoadedConfig,
  /** Where jobs are kept. */
  dataDir: string,
): Promise<SharedServices> {
  const runs = (name: string): boolean => systems.some((system) => system.name === name)
  const open: Partial<Shared> = {}
  if (runs('models')) {
    const { ModelDirectory } = await import('@heavylift/models')
    open.models = new ModelDirectory()
  }
  if (runs('agents')) {
    const { AgentOffers } = await import('@heavylift/agents')
    open.agents = new AgentOffers()
  }
  if (runs('jobs')) {
    const { openJobs } = await import('@heavylift/jobs')
    const options = config.section<JobsConfig>('jobs')
    open.jobs = openJobs({ folder: join(dataDir, 'jobs'), config: options, origin: 'server' })
  }
  return {
    of(name) {
      const needs = systems.find((system) => system.name === name)?.needs ?? []
      const given = Object.entries(open).filter(
        ([service]) => service === name || needs.some((need) => need === service),
      )
      // The type of a system says which it uses; one that it does not name in `needs` would be missing here at its start.
      return Object.fromEntries(given) as unknown as Shared
    },
  }
}
