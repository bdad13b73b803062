import { HeavyliftError, type Caller } from '@heavylift/core'
import { mainTenantId } from '../main-tenant.ts'

/** Administrators of the main tenant see every tenant's calls and costs (null); everyone else their own. */
export function visibleTenant(caller: Caller): string | null {
  return mayManage(caller) ? null : caller.tenantId
}

/** Throws 403 for who may not change what all tenants share. */
export function requireManager(caller: Caller): void {
  if (mayManage(caller)) return
  throw new HeavyliftError({
    code: 'not-manager',
    message: 'All tenants share the gateway: only administrators of the main tenant may see or change this.',
    status: 403,
  })
}

function mayManage(caller: Caller): boolean {
  return caller.tenantId === mainTenantId && caller.scope === 'admin'
}
