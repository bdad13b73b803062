import { NotFoundError, RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { DriveContext } from '../context.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { builtInScenarios } from '../clearance/suites/built-in-scenarios.ts'
import { previewSchema, scenarioSchema } from '../clearance/suites/scenario-schema.ts'
import { versionSchema } from '../driver/version-schema.ts'
import { previewTask } from '../clearance/suites/simulation-tasks.ts'
import { versionsFor } from './clearances.ts'

export function scenarioRoutes({ configDir, simulations }: DriveContext) {
  // The same for as long as the process runs; made when first looked at.
  const previews = new Map<string, Uint8Array>()
  return [
    route({
      method: 'get',
      path: '/scenarios',
      summary: 'The built-in scenarios with their parameters.',
      access: 'operator',
      response: z.object({ scenarios: z.array(scenarioSchema) }),
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
      path: '/scenarios/:name/preview',
      summary:
        'A built-in scenario as one picture: its tightest moment under the baseline, and the ways to it.',
      access: 'operator',
      params: z.object({ name: z.string() }),
      response: previewSchema,
      async handle({ params, caller, signal }) {
        const { name } = params
        if (!builtInScenarios.some((scenario) => scenario.name === name))
          throw new NotFoundError({
            code: 'scenario-not-found',
            message: `There is no built-in scenario ${name}. GET /api/drive/scenarios lists them.`,
          })
        let preview = previews.get(name)
        if (!preview) {
          const input = { name, version: versionNamed('idm') }
          const { tenantId } = caller
          preview = await new Response(
            await simulations.run({ tenantId, task: previewTask, input, signal }),
          ).bytes()
          previews.set(name, preview)
        }
        return new RawResponse(preview, { 'content-type': 'application/json' })
      },
    }),
    route({
      method: 'get',
      path: '/versions',
      summary:
        'The versions that can be run and cleared; the installation’s own ones, with their parameters, for the main tenant only.',
      access: 'operator',
      response: z.object({ versions: z.array(versionSchema) }),
      handle: async ({ caller }) => ({ versions: await versionsFor(caller, configDir) }),
    }),
  ]
}
