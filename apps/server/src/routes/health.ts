import { RawResponse, route } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { z } from 'zod'
import type { SystemPart } from '../part.ts'

/** Checks one thing that the server stands on; rejects when it does not work. */
export interface HealthCheck {
  name: string
  check(): Promise<'starting' | 'ok'>
}

const checkMs = 2_000

const healthSchema = z.object({
  status: z.enum(['ok', 'starting', 'failing']),
  parts: z.record(z.string(), z.object({ state: z.enum(['ok', 'starting', 'failing']) })),
})

type PartHealth = z.output<typeof healthSchema>['parts']

/** `/healthz`: 200 when every part works, else 503. Says which part fails, never why: the log does. */
export function healthRoutes(checks: readonly HealthCheck[], systems: readonly SystemPart[]) {
  return [
    route({
      method: 'get',
      path: '/healthz',
      summary: 'Whether each part works; 503 when one does not.',
      access: 'public',
      response: healthSchema,
      async handle() {
        const checked = await Promise.all(
          checks.map(async (part) => [part.name, { state: await stateOf(part) }] as const),
        )
        const parts: PartHealth = Object.fromEntries(checked)
        for (const { name, state } of systems) {
          parts[name] = { state: state === 'running' ? 'ok' : state === 'starting' ? 'starting' : 'failing' }
        }
        const states = Object.values(parts).map(({ state }) => state)
        const status = states.includes('failing')
          ? 'failing'
          : states.includes('starting')
            ? 'starting'
            : 'ok'
        return new RawResponse(
          JSON.stringify({ status, parts }),
          { 'content-type': 'application/json', 'cache-control': 'no-store' },
          status === 'ok' ? 200 : 503,
        )
      },
    }),
  ]
}

async function stateOf(part: HealthCheck): Promise<PartHealth[string]['state']> {
  return withTimeout(part.check(), checkMs, () => 'failing' as const).catch(() => 'failing' as const)
}
