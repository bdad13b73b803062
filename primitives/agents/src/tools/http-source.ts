import { InvalidInputError } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { sayingRun } from '../faces/call.ts'
import { text } from '../import/json.ts'
import { noAuthorization } from '../credentials/authorization.ts'
import type { Authorize } from '../credentials/authorization.ts'
import { failedBy } from './failed.ts'
import { outboundCall, withQuery } from './outbound-call.ts'
import { pinOf } from './pin.ts'
import type { Tool, ToolOutcome, ToolSource } from './tool.ts'

const scalar = { type: ['string', 'number', 'boolean'] }
const fields = { type: 'object', additionalProperties: scalar }

const tools: readonly Tool[] = (['read', 'request'] as const).map((name) => {
  const tool: Omit<Tool, 'pin'> = {
    name,
    title: name === 'read' ? 'Read by HTTP' : 'Request by HTTP',
    description:
      name === 'read'
        ? 'Gets a page or data below the address of the source.'
        : 'Sends a request below the address of the source.',
    input: {
      type: 'object',
      required: ['url'],
      properties: {
        url: {
          type: 'string',
          description: 'Below the address of the source: a path, or the whole address.',
        },
        ...(name === 'read'
          ? {}
          : { method: { enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] }, body: {} }),
        query: fields,
        headers: fields,
      },
      additionalProperties: false,
    },
    effect: name === 'read' ? 'none' : 'outside',
    takesKey: false,
    canCheck: false,
  }
  return { ...tool, pin: pinOf(tool) }
})

/** A source `http:…`: requests to one address and what lies below it. No argument leads elsewhere. */
export function httpSource(name: string, base: string, fetch: SafeFetch, authorize: Authorize): ToolSource {
  return {
    name,
    list: () => Promise.resolve(tools),
    async call({ tool, args }, context): Promise<ToolOutcome> {
      let given = noAuthorization
      try {
        const url = addressBelow(base, String(args['url']), args['query'])
        given = await authorize(name, { ...context, tool: tool.name })
        const own = Object.fromEntries(
          Object.entries((args['headers'] ?? {}) as Record<string, unknown>).map(([key, value]) => [
            key.toLowerCase(),
            String(value),
          ]),
        )
        const body = args['body']
        const isText = typeof body === 'string'
        return await outboundCall(
          fetch,
          {
            method: tool.name === 'read' ? 'GET' : text(args['method'], 'GET'),
            url: withQuery(url, given.query),
            headers: {
              accept: 'application/json, */*;q=0.5',
              ...(body === undefined || own['content-type'] !== undefined
                ? {}
                : { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' }),
              ...own,
              ...given.headers,
              ...sayingRun(context),
            },
            ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
          },
          tool,
          context,
          given.secrets,
        )
      } catch (error) {
        return failedBy(error, given.secrets)
      }
    },
  }
}

/** @throws InvalidInputError `address-elsewhere` */
export function addressBelow(base: string, given: string, query: unknown): string {
  const root = new URL(base.endsWith('/') ? base : `${base}/`)
  const relative = /^[a-z][a-z0-9+.-]*:/i.test(given) ? given : given.replace(/^\/+/, '')
  const url = URL.canParse(relative, root.href) ? new URL(relative, root) : null
  if (
    url === null ||
    url.origin !== root.origin ||
    url.username !== '' ||
    url.password !== '' ||
    !(url.pathname === root.pathname.slice(0, -1) || url.pathname.startsWith(root.pathname))
  )
    throw new InvalidInputError({
      code: 'address-elsewhere',
      message: `The address is not below ${root.href}, which is all that this source may call.`,
    })
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    url.searchParams.append(key, String(value))
  return url.href
}
