import type { Caller } from '@heavylift/core'
import { forbidden } from '../http/http-errors.ts'
import { mainTenantId } from './api-keys.ts'

/** Throws 403 for administrators of any tenant but the main one. */
export function requireMainTenant(caller: Caller): void {
  if (caller.tenantId === mainTenantId) return
  throw forbidden('main-tenant-only', 'Only administrators of the main tenant may do this.')
}
