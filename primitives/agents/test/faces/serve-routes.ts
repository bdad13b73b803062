import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EventStream, HeavyliftError, RawResponse } from '@heavylift/core'
import type { Caller, Route, RouteResult } from '@heavylift/core'

/** Routes on a port of their own; `x-test-key` says which key calls, and none is the administrator of the machine. */
export async function serveRoutes(
  routes: readonly Route[],
  prefix: string,
): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(routes, prefix, request, response).catch((error: unknown) => {
      const known = HeavyliftError.isInstance(error)
      if (response.headersSent) return response.destroy()
      response.writeHead(known ? error.status : 500, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ code: known ? error.code : 'defect', detail: String(error) }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function answer(
  routes: readonly Route[],
  prefix: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://test')
  const path = url.pathname.slice(prefix.length)
  for (const route of routes) {
    if (route.method !== request.method?.toLowerCase()) continue
    const params = matched(route.path, path)
    if (params === null) continue
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const key = request.headers['x-test-key']
    const caller: Caller =
      typeof key === 'string'
        ? { tenantId: 'main', scope: 'agents', keyId: key }
        : { tenantId: 'main', scope: 'admin', keyId: null }
    const query = Object.fromEntries(url.searchParams)
    const text = async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks).toString()
    }
    const result = await route.handle({
      params: route.params?.parse(params) ?? params,
      query: route.query?.parse(query) ?? query,
      body:
        route.bodyType === 'stream'
          ? Readable.toWeb(request)
          : route.body?.parse(JSON.parse((await text()) || 'null')),
      headers: new Headers(request.headers as Record<string, string>),
      caller,
      signal: gone.signal,
      lastEventId: null,
    })
    return await write(result, response)
  }
  response.writeHead(404).end()
}

async function write(result: RouteResult, response: ServerResponse): Promise<void> {
  if (result instanceof RawResponse) {
    response.writeHead(result.status, result.headers)
    response.flushHeaders()
    if (result.body instanceof ReadableStream)
      return await pipeline(Readable.fromWeb(result.body as never), response).catch(() => undefined)
    response.end(result.body)
  } else if (result instanceof EventStream) {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...result.headers })
    response.flushHeaders()
    for await (const { event, data } of result.events) {
      if (response.destroyed) return
      const name = event === undefined ? '' : `event: ${event}\n`
      response.write(`${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
    }
    response.end()
  } else if (result === null) response.writeHead(204).end()
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
}

function matched(pattern: string, path: string): Record<string, string> | null {
  const names: string[] = []
  const source = pattern.replaceAll(/\/:([a-zA-Z]+)/g, (_, name: string) => {
    names.push(name)
    return '/([^/]+)'
  })
  const found = new RegExp(`^${source.replaceAll('.', String.raw`\.`)}$`).exec(path)
  if (found === null) return null
  return Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1]!)]))
}
