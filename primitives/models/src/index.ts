// A new export here becomes public API; named exports, not wildcards.
export type {
  ChatMessage,
  ToolCall,
  ToolDefinition,
  CompleteOptions,
  CompletionPart,
  Complete,
  ModelServices,
} from './complete.ts'
