import type { ApiKeyStore, StoredApiKey, Tenant, TenantStore } from '../../src/access/api-keys.ts'

export function memoryKeyStore(): ApiKeyStore & { keys: StoredApiKey[] } {
  const keys: StoredApiKey[] = []
  return {
    keys,
    async insert(key) {
      keys.push(key)
    },
    byPrefix: async (prefix) => keys.find((key) => key.prefix === prefix) ?? null,
    list: async (tenantId) =>
      keys.filter((key) => key.tenantId === tenantId).map(({ hash: _hash, ...record }) => record),
    async revoke(tenantId, id, atMs) {
      const key = keys.find((candidate) => candidate.tenantId === tenantId && candidate.id === id)
      if (!key) return null
      key.revokedAtMs ??= atMs
      const { hash: _hash, ...record } = key
      return record
    },
    async touch(id, atMs) {
      const key = keys.find((candidate) => candidate.id === id)
      if (key) key.lastUsedAtMs = atMs
    },
    anyActive: async () => keys.some((key) => key.revokedAtMs === null),
    originAllowed: async (origin) =>
      keys.some(
        (key) =>
          key.kind === 'publishable' && key.revokedAtMs === null && key.allowedOrigins.includes(origin),
      ),
  }
}

export function memoryTenantStore(): TenantStore {
  const tenants: Tenant[] = [{ id: 'main', name: 'Main', createdAtMs: 0 }]
  return {
    list: async () => tenants,
    find: async (id) => tenants.find((tenant) => tenant.id === id) ?? null,
    async insert(tenant) {
      if (tenants.some(({ id }) => id === tenant.id)) return false
      tenants.push(tenant)
      return true
    },
  }
}
