/** A tool that a step can be made of. */
export interface KnownTool {
  from: string
  tool: string
  title: string
  description: string
  /** JSON Schema of its arguments. */
  input: Record<string, unknown>
  pin: string | null
}

/** Tools whose name or text has the words. */
export function useTools(_sought: string): readonly KnownTool[] {
  return []
}
