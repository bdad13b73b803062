import type { KeyLimits, Scope } from '@heavylift/core'

/** `secret` keys stay on servers; `publishable` ones stand in a page's source and work only from their origins. */
export type ApiKeyKind = 'secret' | 'publishable'

export interface ApiKeyRecord {
  /** `key_…`, also what callers carry as `keyId`. */
  id: string
  tenantId: string
  name: string
  kind: ApiKeyKind
  scope: Scope
  /** The first characters of the key, to tell keys apart in a list. */
  prefix: string
  /** Origins of pages that may use a publishable key; empty for secret keys. */
  allowedOrigins: string[]
  createdAtMs: number
  /** Within a minute; null when it was never used. */
  lastUsedAtMs: number | null
  revokedAtMs: number | null
  /** It works until then; null for as long as it is not revoked. */
  expiresAtMs: number | null
  /** What it may use of the models; null for whatever its tenant may. */
  limits: KeyLimits | null
}

/** A record with the hash of its secret; never leaves the server. */
export interface StoredApiKey extends ApiKeyRecord {
  /** SHA-256 of the whole key, hex. The secret has 256 random bits, so a slow hash would add nothing. */
  hash: string
}

/** Where keys are kept. */
export interface ApiKeyStore {
  insert(key: StoredApiKey): Promise<void>
  byPrefix(prefix: string): Promise<StoredApiKey | null>
  list(tenantId: string): Promise<ApiKeyRecord[]>
  /** Marks the key revoked and returns it; null when the tenant has no such key. Revoking twice keeps the first time. */
  revoke(tenantId: string, id: string, atMs: number): Promise<ApiKeyRecord | null>
  touch(id: string, atMs: number): Promise<void>
  /** Whether any key works (not revoked). */
  anyActive(): Promise<boolean>
  /** Whether an active publishable key lists this origin. */
  originAllowed(origin: string): Promise<boolean>
}

export interface Tenant {
  /** Lower-case letters, digits and dashes. */
  id: string
  name: string
  createdAtMs: number
}

export interface TenantStore {
  list(): Promise<Tenant[]>
  find(id: string): Promise<Tenant | null>
  /** False when the id is taken. */
  insert(tenant: Tenant): Promise<boolean>
}

/** The tenant that is always there. Its administrators run the installation: they make tenants and see settings. */
export const mainTenantId = 'main'
