// The public surface. Anything exported here is public API: named exports only.
export { live } from './system.ts'
