// A new export here becomes public API; named exports, not wildcards.
export type { MigrationsBySystem } from './test-database.ts'
export { createTestDatabase } from './test-database.ts'
export { createTestStore } from './test-store.ts'
export type { TestStore } from './test-store.ts'
export { testMigrations } from './test-migrations.ts'
export { wayTo } from './way-to.ts'
export type { Way } from './way-to.ts'
