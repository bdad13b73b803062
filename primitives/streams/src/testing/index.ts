// A new export here becomes public API; named exports, not wildcards.
export { startNats } from './start-nats.ts'
export type { TestNats } from './start-nats.ts'
