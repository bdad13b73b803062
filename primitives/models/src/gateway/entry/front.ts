import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeavyliftError } from '@heavylift/core'
import type { Api } from '../../wire/codec.ts'
import { noSuchPath, wrongMethod } from '../../failure/unknown-path.ts'
import { wireErrorBody, wireErrorHeaders } from '../../failure/wire-format.ts'
import { toWireError } from '../../failure/wire-error.ts'
import type { Gateway } from '../gateway.ts'
import { callPaths } from './call-paths.ts'
import { modelPaths } from './list-models.ts'
import { allowed, OwnPaths } from './own-paths.ts'
import type { Asking, Identify, OwnPath } from './own-paths.ts'
import { responsePaths } from './response-paths.ts'
import { pass } from './pass.ts'

/**
 * The gateway on `node:http`: no framework between a client's bytes and an upstream's. `beside`: what else it answers itself,
 * where no replica declares the path.
 */
export function createFront(gateway: Gateway, identify: Identify, beside: readonly OwnPath[] = []) {
  const always = new OwnPaths([...callPaths, ...modelPaths, ...responsePaths])
  const unlessDeclared = new OwnPaths(beside)

  async function serve(asking: Asking): Promise<void> {
    const { request, response, path } = asking
    const { method = 'GET' } = request
    const usual = always.find(path)
    const isDeclared = usual === null && path.startsWith('/v1/') && gateway.declares(path.slice('/v1'.length))
    const found = usual ?? (isDeclared ? null : unlessDeclared.find(path))
    if (found === null) {
      if (isDeclared && method !== 'OPTIONS') return pass(asking)
      await identify(request)
      throw noSuchPath(method, path, [...always.list(), ...unlessDeclared.list(), ...gateway.declaredPaths()])
    }
    if (method === 'OPTIONS') {
      response.writeHead(204, { allow: allowed(found.own) }).end()
      return
    }
    const handle = found.own.methods[method === 'HEAD' ? 'GET' : method]
    if (handle === undefined) {
      response.setHeader('allow', allowed(found.own))
      throw wrongMethod(method, path, allowed(found.own))
    }
    await handle({ ...asking, params: found.params })
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    const arrivedMs = performance.now()
    const url = request.url ?? '/'
    const queryAt = url.indexOf('?')
    const path = queryAt === -1 ? url : url.slice(0, queryAt)
    const query = queryAt === -1 ? '' : url.slice(queryAt)
    // A stream may be silent for as long as the model's deadlines allow, which are finer than the socket's.
    request.socket.setTimeout(0)
    serve({ gateway, identify, request, response, path, query, params: {}, arrivedMs }).catch(
      (error: unknown) => refuse(gateway, response, apiOf(request, path), error),
    )
  }
}

/** Whose form an error has, by what the client seems to speak. */
function apiOf({ headers }: IncomingMessage, path: string): Api {
  if (path.startsWith('/v1/messages') || headers['anthropic-version'] !== undefined) return 'messages'
  return path.startsWith('/v1/responses') ? 'responses' : 'chat'
}

function refuse(gateway: Gateway, response: ServerResponse, api: Api, error: unknown): void {
  if (!HeavyliftError.isInstance(error)) gateway.log.error({ error }, 'request failed')
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const wire = toWireError(error)
  const body = wireErrorBody(api, wire)
  response.writeHead(wire.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...wireErrorHeaders(wire),
    // What is left of a body that is too large, or too slow, is not read.
    ...(wire.status === 413 || wire.status === 408 ? { connection: 'close' } : {}),
  })
  response.end(body)
}
