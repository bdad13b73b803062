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
  TextEmbedder,
} from './gateway/in-process/complete.ts'
export { ModelDirectory } from './gateway/in-process/complete.ts'
export { models } from './system.ts'
export { ModelError } from './failure/model-error.ts'
export type { ModelErrorCode, ModelErrorOptions } from './failure/model-error.ts'
export { secretReader } from './secret.ts'
