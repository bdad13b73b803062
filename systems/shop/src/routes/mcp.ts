import { createHash } from 'node:crypto'
import { RawResponse, route } from '@heavylift/core'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { z } from 'zod'
import { createStoreServer } from '../tools/store-server.ts'
import type { Catalog, StoreTools } from '../domain/ports.ts'
import type { ShopContext } from '../context.ts'

interface McpShop extends Pick<ShopContext, 'search' | 'shoppers' | 'log'> {
  catalog(tenantId: string): Catalog
  desk(tenantId: string): StoreTools
}

/** The store for agents: MCP over streamable HTTP at `/api/shop/mcp`, stateless, one JSON answer a request. */
export function mcpRoutes(shop: McpShop) {
  return [
    route({
      method: 'post',
      path: '/mcp',
      summary: 'MCP (streamable HTTP): search, product, compare and cart tools for agents.',
      access: 'storefront',
      body: z.unknown(),
      media: ['application/json'],
      handle: async ({ caller, headers, body }) => {
        const shopperId = await shop.shoppers.fromHeaders(caller, headers)
        const server = createStoreServer({
          catalog: shop.catalog(caller.tenantId),
          search: shop.search(caller.tenantId),
          tools: shop.desk(caller.tenantId),
          shopperId,
          requestKey: requestKey(shopperId, body),
          version: '0.1.0',
          log: shop.log,
        })
        const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
        try {
          await server.connect(transport)
          const request = new Request('http://localhost/mcp', {
            method: 'POST',
            headers: mcpHeaders(headers),
            body: '{}',
          })
          const response = await transport.handleRequest(request, { parsedBody: body })
          const type = response.headers.get('content-type')
          return new RawResponse(
            ownWords(await response.text()),
            type === null ? {} : { 'content-type': type },
            response.status,
          )
        } finally {
          await server.close()
        }
      },
    }),
    // Stateless: there is no stream to open and no session to end.
    ...(['get', 'delete'] as const).map((method) =>
      route({
        method,
        path: '/mcp',
        summary: 'Not offered: this MCP server keeps no sessions.',
        access: 'storefront',
        media: ['text/plain'],
        handle: () => new RawResponse('', { allow: 'POST' }, 405),
      }),
    ),
  ]
}

/**
 * The answer of the protocol's library, whose internal errors here are messages whose params do not fit their method, told in the
 * words of its schema checker: those are for whoever programs it.
 */
function ownWords(text: string): string {
  const reword = (message: unknown): unknown => {
    if (!isRecord(message) || !isRecord(message['error']) || message['error']['code'] !== internalError)
      return message
    const own =
      'The params do not fit the method of this message. https://modelcontextprotocol.io has each with its params.'
    return { ...message, error: { code: invalidParams, message: own } }
  }
  if (!text.includes(String(internalError))) return text
  const answered = JSON.parse(text) as unknown
  return JSON.stringify(Array.isArray(answered) ? answered.map(reword) : reword(answered))
}

const internalError = -32_603
const invalidParams = -32_602

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The transport looks at these alone; keys and cookies stay out of it. */
function mcpHeaders(headers: Headers): Headers {
  const kept = new Headers({ 'content-type': 'application/json' })
  for (const name of ['accept', 'mcp-protocol-version']) {
    const value = headers.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}

/** Same shopper and same request (its JSON-RPC id included): same key, so a retry asks for one confirmation. */
function requestKey(shopperId: string | null, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([shopperId, body]))
    .digest('hex')
    .slice(0, 32)
}
