// A new export here becomes public API; named exports, not wildcards. Nothing here needs Node: pages use it too.
export { Wakeup } from './wakeup.ts'
export type { WaitOptions } from './wakeup.ts'
export { sleep } from './sleep.ts'
export { withTimeout } from './with-timeout.ts'
export { unlessAborted } from './unless-aborted.ts'
export { RestartPolicy } from './restart-policy.ts'
export { mapConcurrently } from './map-concurrently.ts'
