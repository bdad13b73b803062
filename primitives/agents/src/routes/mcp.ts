import { route, uploadRoute } from '@heavylift/core'
import type { RawResponse, RouteInput } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { faceCaller } from '../faces/call.ts'

const maxBodyBytes = 4 * 1024 * 1024
const media = ['application/json', 'text/event-stream']
type Params = { name?: string }

/** Agents as tools of MCP: all of a tenant at `/api/agents/mcp`, one at `/api/agents/mcp/:name`. */
export function mcpRoutes({ mcp }: Pick<AgentsContext, 'mcp'>) {
  const handle = async (
    method: 'GET' | 'POST' | 'DELETE',
    { params, caller, headers, signal }: RouteInput<Params, unknown, unknown>,
    text = '',
  ): Promise<RawResponse> =>
    await mcp().then((endpoint) =>
      endpoint.handle({
        method,
        caller: faceCaller(caller, headers),
        agent: params.name ?? null,
        headers,
        text,
        signal,
      }),
    )
  return (
    [
      ['/mcp', z.object({}), 'Every live agent as a tool of MCP (streamable HTTP).'],
      ['/mcp/:name', z.object({ name: agentName }), 'One agent as a tool of MCP (streamable HTTP).'],
    ] as const
  ).flatMap(([path, params, summary]) => [
    uploadRoute({
      method: 'post',
      path,
      summary,
      access: 'agents',
      params,
      media,
      maxBodyBytes,
      handle: async (input) => handle('POST', input, await new Response(input.body).text()),
    }),
    ...(['get', 'delete'] as const).map((method) =>
      route({
        method,
        path,
        summary:
          'Says that there is no stream to open and no session to end: nothing is kept between requests.',
        access: 'agents',
        params,
        media,
        handle: async (input) => handle(method === 'get' ? 'GET' : 'DELETE', input),
      }),
    ),
  ])
}
