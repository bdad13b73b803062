// A new export here becomes public API; named exports, not wildcards.
export { fleet } from './system.ts'
