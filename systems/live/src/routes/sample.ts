import { route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'

/** The simulated matches: on and off, and away in one click. */
export function sampleRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/sample',
      summary: 'Whether the simulated matches are being played into this tenant.',
      access: 'operator',
      response: z.object({ isRunning: z.boolean() }),
      handle: async ({ caller }) => ({
        isRunning: caller.tenantId === live.demo.tenantId && (await live.demo.isOn()),
      }),
    }),
    route({
      method: 'post',
      path: '/sample',
      summary: 'Starts the simulated matches.',
      access: 'operator',
      reach: 'installation',
      response: z.object({ isRunning: z.boolean() }),
      async handle() {
        await live.demo.turnOn()
        return { isRunning: await live.demo.isOn() }
      },
    }),
    route({
      method: 'delete',
      path: '/sample',
      summary: 'Stops the simulated matches and removes them, insights and all.',
      access: 'operator',
      reach: 'installation',
      response: z.object({ removed: z.number() }),
      async handle({ caller }) {
        await live.demo.turnOff()
        let removed = 0
        for (const { match, isSample } of await live.matches.list(caller.tenantId)) {
          if (isSample && (await live.removeMatch(caller.tenantId, match.id))) removed++
        }
        return { removed }
      },
    }),
  ]
}
