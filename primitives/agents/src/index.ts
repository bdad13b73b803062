// A new export here becomes public API; named exports, not wildcards.
export { agentDefinition } from './definition/definition.ts'
export type {
  AgentDefinition,
  PolicyRule,
  SideEffect,
  ToolReference,
  Trigger,
} from './definition/definition.ts'
export type { MapStep, Step, StepKind } from './definition/step.ts'
