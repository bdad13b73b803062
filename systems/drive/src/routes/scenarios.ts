import { route } from '@heavylift/core'
import { builtInVersions } from '../driver/versions.ts'
import { builtInScenarios } from '../suites/built-in-scenarios.ts'

export function scenarioRoutes() {
  return [
    route({
      method: 'get',
      path: '/scenarios',
      summary: 'The built-in scenarios with their parameters.',
      access: 'operator',
      handle: () => ({
        scenarios: builtInScenarios.map(({ name, title, summary, scenarioClass, parameters }) => ({
          name,
          title,
          summary,
          scenarioClass,
          parameters,
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/versions',
      summary: 'The versions of the driver that can be run.',
      access: 'operator',
      handle: () => ({ versions: builtInVersions }),
    }),
  ]
}
