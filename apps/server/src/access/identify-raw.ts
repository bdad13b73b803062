import type { IncomingMessage } from 'node:http'
import type { Caller, IdentifyRaw } from '@heavylift/core'
import { readBrowserFactsOfNode, checkHost } from '../http/browser-guard.ts'
import type { GuardRules } from '../http/browser-guard.ts'
import { forbidden, unauthorized } from '../http/http-errors.ts'
import { identifyCaller, coversScope } from './identify-caller.ts'
import type { Credentials } from './identify-caller.ts'
import { cookieOf } from './sessions.ts'

/** The server's access checks for requests that a system answers without its routes. */
export function createIdentifyRaw(options: {
  rules: GuardRules
  credentials: Credentials
  /** Name of the session cookie, which follows from the port. */
  cookieName: () => string
  /** Throws 429 when the address has spent its share; nothing while the server is open to this machine only. */
  spendAddress(request: IncomingMessage): void
  /** Throws 429 when the key has its share under way, 503 when only administrators are answered on this connection. */
  holdConnection(request: IncomingMessage, caller: Caller): void
}): IdentifyRaw {
  const { rules, credentials, cookieName } = options
  return async (request, scope = 'operator'): Promise<Caller> => {
    const facts = readBrowserFactsOfNode(request.headers)
    checkHost(facts, rules)
    options.spendAddress(request)
    const { caller } = await identifyCaller(
      {
        authorization: authorizationOf(request, rules.open),
        session: cookieOf(request.headers.cookie ?? null, cookieName()),
        actForTenant: single(request.headers['x-heavylift-tenant']),
        facts,
        rules,
      },
      credentials,
    )
    if (!caller) {
      throw unauthorized(
        'key-missing',
        'This server needs an API key: "Authorization: Bearer <key>" or "x-api-key: <key>". An administrator can create one.',
      )
    }
    if (!coversScope(caller.scope, scope)) {
      throw forbidden(
        'scope-too-low',
        `This needs the scope "${scope}"; the key has "${caller.scope}". Use another key.`,
      )
    }
    options.holdConnection(request, caller)
    return caller
  }
}

/** Clients of other vendors insist on some key; while none is needed here, one that cannot be ours is passed over. */
function authorizationOf(request: IncomingMessage, open: boolean): string | null {
  const apiKey = single(request.headers['x-api-key'])
  const given = request.headers.authorization ?? (apiKey === null ? null : `Bearer ${apiKey}`)
  return open && given !== null && !/^Bearer +hl_/i.test(given) ? null : given
}

function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null
}
