// The balancer and its policies, for whoever simulates a fleet. A new export here becomes public API; named exports, not wildcards.
export { createBalancer } from './create-balancer.ts'
export type { Outstanding } from './balancer.ts'
export { policyNames } from '../table/gateway-config.ts'
export type { PolicyName } from '../table/gateway-config.ts'
