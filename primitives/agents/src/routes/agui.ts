import { EventStream, route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { aguiEvents, runAgentInput } from '../faces/agui/stream.ts'
import { faceCaller } from '../faces/call.ts'

/** Each live agent as a stream of AG-UI. */
export function aguiRoutes({ faces }: Pick<AgentsContext, 'faces'>) {
  return [
    route({
      method: 'post',
      path: '/agui/:name',
      summary:
        'Runs an agent and streams what happens as events of AG-UI. The same thread and run is the same run.',
      access: 'agents',
      params: z.object({ name: agentName }),
      maxBodyBytes: 4 * 1024 * 1024,
      body: runAgentInput,
      events: { message: z.looseObject({ type: z.string() }) },
      handle: async ({ caller, params, headers, body, signal }) =>
        new EventStream(await aguiEvents(faces, faceCaller(caller, headers), params.name, body, signal)),
    }),
  ]
}
