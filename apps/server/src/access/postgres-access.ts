import type { Migration } from '@heavylift/core'
import { sql } from 'kysely'
import type { ColumnType, Insertable, Kysely, Selectable } from 'kysely'
import { mainTenantId } from './api-keys.ts'
import type { ApiKeyRecord, ApiKeyStore, StoredApiKey, Tenant, TenantStore } from './api-keys.ts'

/** Schema `server`: what the server itself keeps. */
export const accessMigrations: Migration[] = [
  {
    name: '0001-access',
    sql: `
      CREATE TABLE tenants (
        id text PRIMARY KEY,
        name text NOT NULL,
        created_at_ms bigint NOT NULL
      );
      INSERT INTO tenants VALUES ('${mainTenantId}', 'Main', (extract(epoch FROM now()) * 1000)::bigint);
      CREATE TABLE api_keys (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        name text NOT NULL,
        kind text NOT NULL,
        scope text NOT NULL,
        prefix text NOT NULL UNIQUE,
        hash text NOT NULL,
        allowed_origins text[] NOT NULL,
        created_at_ms bigint NOT NULL,
        last_used_at_ms bigint,
        revoked_at_ms bigint
      );
      CREATE INDEX api_keys_tenant ON api_keys (tenant_id, created_at_ms);
      CREATE INDEX api_keys_origins ON api_keys USING gin (allowed_origins) WHERE revoked_at_ms IS NULL;`,
  },
  {
    name: '0002-key-limits',
    sql: `
      ALTER TABLE api_keys ADD COLUMN expires_at_ms bigint, ADD COLUMN limits jsonb;`,
  },
]

interface Tables {
  tenants: { id: string; name: string; created_at_ms: number }
  api_keys: {
    id: string
    tenant_id: string
    name: string
    kind: ApiKeyRecord['kind']
    scope: ApiKeyRecord['scope']
    prefix: string
    hash: string
    allowed_origins: string[]
    created_at_ms: number
    last_used_at_ms: number | null
    revoked_at_ms: number | null
    expires_at_ms: number | null
    limits: ColumnType<ApiKeyRecord['limits'], string | null>
  }
}

/** API keys in PostgreSQL. `database` is the store's part named `server`. */
export function createPostgresKeyStore(database: Kysely<unknown>): ApiKeyStore {
  const db = database as unknown as Kysely<Tables>
  const active = () => db.selectFrom('api_keys').where('revoked_at_ms', 'is', null)
  return {
    async insert(key) {
      await db.insertInto('api_keys').values(toRow(key)).execute()
    },
    async byPrefix(prefix) {
      const row = await db.selectFrom('api_keys').selectAll().where('prefix', '=', prefix).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(tenantId) {
      const rows = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('created_at_ms')
        .orderBy('id')
        .execute()
      return rows.map((row) => withoutHash(fromRow(row)))
    },
    async revoke(tenantId, id, atMs) {
      const row = await db
        .updateTable('api_keys')
        .set({ revoked_at_ms: sql`coalesce(revoked_at_ms, ${atMs})` })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? null : withoutHash(fromRow(row))
    },
    async touch(id, atMs) {
      await db.updateTable('api_keys').set({ last_used_at_ms: atMs }).where('id', '=', id).execute()
    },
    async anyActive() {
      return (await active().select('id').limit(1).executeTakeFirst()) !== undefined
    },
    async originAllowed(origin) {
      const row = await active()
        .select('id')
        .where('kind', '=', 'publishable')
        .where(sql<boolean>`allowed_origins @> ARRAY[${origin}]::text[]`)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

/** Tenants in PostgreSQL. `database` is the store's part named `server`. */
export function createPostgresTenantStore(database: Kysely<unknown>): TenantStore {
  const db = database as unknown as Kysely<Tables>
  const toTenant = (row: Tables['tenants']) => ({
    id: row.id,
    name: row.name,
    createdAtMs: row.created_at_ms,
  })
  return {
    async list() {
      return (await db.selectFrom('tenants').selectAll().orderBy('id').execute()).map(toTenant)
    },
    async find(id) {
      const row = await db.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toTenant(row)
    },
    async insert(tenant) {
      const result = await db
        .insertInto('tenants')
        .values({ id: tenant.id, name: tenant.name, created_at_ms: tenant.createdAtMs })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
    },
  }
}

/** Adds keys and tenants, all or none; those that are there already stay as they are. */
export async function insertAccess(
  database: Kysely<unknown>,
  { tenants, keys }: { tenants: readonly Tenant[]; keys: readonly StoredApiKey[] },
): Promise<void> {
  await (database as unknown as Kysely<Tables>).transaction().execute(async (transaction) => {
    for (const { id, name, createdAtMs } of tenants) {
      await transaction
        .insertInto('tenants')
        .values({ id, name, created_at_ms: createdAtMs })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    for (const key of keys) {
      await transaction
        .insertInto('api_keys')
        .values(toRow(key))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  })
}

function toRow(key: StoredApiKey): Insertable<Tables['api_keys']> {
  return {
    id: key.id,
    tenant_id: key.tenantId,
    name: key.name,
    kind: key.kind,
    scope: key.scope,
    prefix: key.prefix,
    hash: key.hash,
    allowed_origins: key.allowedOrigins,
    created_at_ms: key.createdAtMs,
    last_used_at_ms: key.lastUsedAtMs,
    revoked_at_ms: key.revokedAtMs,
    expires_at_ms: key.expiresAtMs,
    limits: key.limits && JSON.stringify(key.limits),
  }
}

function fromRow(row: Selectable<Tables['api_keys']>): StoredApiKey {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    kind: row.kind,
    scope: row.scope,
    prefix: row.prefix,
    hash: row.hash,
    allowedOrigins: row.allowed_origins,
    createdAtMs: row.created_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
    revokedAtMs: row.revoked_at_ms,
    expiresAtMs: row.expires_at_ms,
    limits: row.limits,
  }
}

function withoutHash({ hash: _hash, ...record }: StoredApiKey): ApiKeyRecord {
  return record
}
