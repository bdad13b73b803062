import type { StoredApiKey } from '../../src/access/api-keys.ts'

/** A key that works, with what a test cares about changed. */
export const storedKey = (id: string, more: Partial<StoredApiKey> = {}): StoredApiKey => ({
  id,
  tenantId: 'main',
  name: `key ${id}`,
  kind: 'secret',
  scope: 'operator',
  prefix: `hl_sk_${id}`,
  hash: 'ab'.repeat(32),
  allowedOrigins: [],
  createdAtMs: 1_700_000_000_000,
  lastUsedAtMs: null,
  revokedAtMs: null,
  expiresAtMs: null,
  limits: null,
  ...more,
})
