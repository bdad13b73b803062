// The public surface. Anything exported here is public API: named exports only.
export { spec } from './system.ts'
export { parseFactSet, serializeFactSet } from './facts/fact-set.ts'
export type { Fact, Evidence, Grade } from './facts/fact.ts'
export type { FactSet } from './facts/fact-set.ts'
