// The client for calls to the outside. A new export here becomes public API; named exports, not wildcards.
export { createSafeFetch } from './safe-fetch.ts'
export type { SafeFetch } from './safe-fetch.ts'
export { OutboundError } from './outbound-error.ts'
export { isPublicAddress, networkList } from './public-address.ts'
export { pinAddress, resolveBySystem } from './resolve-host.ts'
