// A new export here becomes public API; named exports, not wildcards.
export { startServer } from './start-server.ts'
export type { StartServerOptions, RunningServer } from './start-server.ts'
export { serverConfigSchema } from './server-config.ts'
export type { ServerConfig } from './server-config.ts'
export type { AnySystem, PlatformServices } from './services.ts'
export { installationToken } from './access/installation-token.ts'
export { KeyRing } from './access/key-ring.ts'
export {
  accessMigrations,
  createPostgresKeyStore,
  createPostgresTenantStore,
} from './access/postgres-access.ts'
export type { ServerRoutes } from './routes/route-groups.ts'
export type { HealthCheck } from './routes/health.ts'
export type { Setting } from './routes/setting.ts'
export type { Metrics } from './routes/root.ts'
