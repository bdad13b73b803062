// A new export here becomes public API; named exports, not wildcards.
export { createTestDatabase } from './test-database.ts'
export type { MigrationsBySystem, TestDatabase } from './test-database.ts'
export { createTestStore } from './test-store.ts'
export type { TestStore } from './test-store.ts'
export { testMigrations } from './test-migrations.ts'
export type { MigrationTest } from './test-migrations.ts'
