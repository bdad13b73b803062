// A new export here becomes public API; named exports, not wildcards.
export { explainMissingSlurm, startSlurm } from './start-slurm.ts'
export type { TestSlurm } from './start-slurm.ts'
