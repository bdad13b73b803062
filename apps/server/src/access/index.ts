// Keys and tenants in the database. A new export here becomes public API; named exports, not wildcards.
export { importAccess } from './import-access.ts'
export { accessMigrations, createPostgresKeyStore, createPostgresTenantStore } from './postgres-access.ts'
