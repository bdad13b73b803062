// A new export here becomes public API; named exports, not wildcards. Loaded only where a local model is served or
// pulled: what a gateway without one needs
// stands in the exports `./config`, `./catalogue`, `./pulled` and `./installed`, which load next to nothing.
export { findEngine } from './install/find-engine.ts'
export { installEngine } from './install/install-engine.ts'
export { pullModel } from './pull/pull-model.ts'
export type { PullOptions } from './pull/pull-model.ts'
export { PullError } from './pull/pull-error.ts'
export type { PulledModel } from './pull/pulled-models.ts'
export { SupervisedEngine, superviseEngine } from './supervisor/supervised-engine.ts'
export type { EngineState, EngineStatus } from './supervisor/engine-status.ts'
export type { SuperviseOptions } from './supervisor/supervised-engine.ts'
