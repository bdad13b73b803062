// A new export here becomes public API; named exports, not wildcards.
export type {
  ChatMessage,
  ToolCall,
  ToolDefinition,
  CompleteOptions,
  CompletionPart,
  Complete,
  ModelServices,
  TaskModel,
} from './complete.ts'
export { ModelDirectory } from './complete.ts'
export { models } from './system.ts'
export { ModelError } from './model-error.ts'
export type { ModelErrorCode, ModelErrorOptions } from './model-error.ts'
export { readSecret } from './secret.ts'
