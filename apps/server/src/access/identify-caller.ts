import type { Caller, Scope } from '@heavylift/core'
import { NotFoundError } from '@heavylift/core'
import type { BrowserFacts, GuardRules } from '../http/browser-guard.ts'
import { findForeignOrigin, refuseForeignOrigin } from '../http/browser-guard.ts'
import { forbidden, unauthorized } from '../http/http-errors.ts'
import { mainTenantId } from './api-keys.ts'
import type { ApiKeyRecord, TenantStore } from './api-keys.ts'
import type { AdminSecrets } from './installation-token.ts'
import type { Sessions } from './sessions.ts'

const ranks: Record<Scope, number> = { storefront: 0, models: 0, agents: 0, operator: 1, admin: 2 }

/** See `Scope`: of the lowest none implies another. */
export function coversScope(held: Scope, needed: Scope): boolean {
  return held === needed || ranks[held] > ranks[needed]
}

export interface IdentifyInput {
  authorization: string | null
  /** Value of our session cookie, or null. */
  session: string | null
  /** Value of `x-heavylift-tenant`: an administrator of the main tenant acts for another one. */
  actForTenant: string | null
  facts: BrowserFacts
  rules: GuardRules
}

export interface Identified {
  /** Null when nobody showed a key and one is needed. */
  caller: Caller | null
  /** Origin that the answer may be read by, beside our own. */
  corsOrigin: string | null
}

/** What a request can prove itself by. */
export interface Credentials {
  keys: { verify(key: string): Promise<ApiKeyRecord | null> }
  tenants: Pick<TenantStore, 'find'>
  /** The installation token, and the administrator's key of the configuration. */
  secrets: AdminSecrets
  sessions: Sessions
}

/**
 * Who calls. Throws 401 on a key that is not one of ours and 403 on a page of an origin that may not use the key.
 * The installation token and a signed-in browser are the administrator of `main`. Nobody else is without a key, except
 * where the configuration opens the server to all of this machine.
 */
export async function identifyCaller(
  input: IdentifyInput,
  { keys, tenants, secrets, sessions }: Credentials,
): Promise<Identified> {
  const { facts, rules } = input
  const foreign = findForeignOrigin(facts, rules)
  const corsOrigin =
    facts.origin !== null && rules.allowedOrigins.includes(facts.origin) ? facts.origin : null
  const asAdministrator = async (): Promise<Identified> => {
    if (foreign !== null) refuseForeignOrigin(foreign)
    const caller: Caller = { tenantId: mainTenantId, scope: 'admin', keyId: null }
    return { caller: await actFor(caller, input.actForTenant, tenants), corsOrigin }
  }
  if (input.authorization === null) {
    const isSignedIn = input.session !== null && sessions.isValid(input.session)
    return isSignedIn || rules.open ? asAdministrator() : { caller: null, corsOrigin }
  }
  const presented = /^Bearer +(\S+)$/i.exec(input.authorization.trim())?.[1]
  if (presented !== undefined && secrets.includes(presented)) return asAdministrator()
  const key = presented === undefined ? null : await keys.verify(presented)
  if (!key) {
    throw unauthorized(
      'key-invalid',
      'This API key is not known or was revoked. Send "Authorization: Bearer <key>" with a key that works.',
    )
  }
  const caller: Caller = {
    tenantId: key.tenantId,
    scope: key.scope,
    keyId: key.id,
    ...(key.limits === null ? {} : { limits: key.limits }),
  }
  if (key.kind === 'publishable') {
    // A publishable key is public, so what protects it is where it may be used from. Programs can forge an origin, pages cannot.
    if (facts.origin === null || !key.allowedOrigins.includes(facts.origin))
      refuseForeignOrigin(facts.origin ?? 'unknown')
    return { caller, corsOrigin: facts.origin }
  }
  if (foreign !== null) refuseForeignOrigin(foreign)
  return { caller: await actFor(caller, input.actForTenant, tenants), corsOrigin }
}

async function actFor(
  caller: Caller,
  tenantId: string | null,
  tenants: Pick<TenantStore, 'find'>,
): Promise<Caller> {
  if (tenantId === null || tenantId === caller.tenantId) return caller
  if (caller.tenantId !== mainTenantId || caller.scope !== 'admin') {
    throw forbidden('tenant-not-yours', 'Only administrators of the main tenant may act for another tenant.')
  }
  if (!(await tenants.find(tenantId))) {
    throw new NotFoundError({
      code: 'tenant-unknown',
      message: 'There is no such tenant. GET /api/heavylift/tenants lists them.',
    })
  }
  return { ...caller, tenantId }
}
