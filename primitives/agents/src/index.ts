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
export { ExpressionError } from './expressions/errors.ts'
export { compile } from './expressions/expression.ts'
export type { Expression, Scope } from './expressions/expression.ts'
export { parseTemplate, TemplateError } from './expressions/template.ts'
export type { Template } from './expressions/template.ts'
export { canonicalText, definitionHash } from './files/canonical.ts'
export { changesBetween, inverse } from './files/change.ts'
export type { Change } from './files/change.ts'
export { checkFile } from './files/check-file.ts'
export type { CheckedFile } from './files/check-file.ts'
export { diffWords } from './files/diff-words.ts'
export { editText } from './files/edit-file.ts'
export { mergeDefinitions } from './files/merge.ts'
export { AgentOffers } from './offers.ts'
export type { AgentOffer, AgentServices } from './offers.ts'
export { pinOf } from './tools/pin.ts'
export type { CallContext, Tool, ToolCall, ToolOutcome, ToolSource } from './tools/tool.ts'
