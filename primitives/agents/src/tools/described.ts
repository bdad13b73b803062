import { pinOf } from './pin.ts'
import type { JsonSchema, Tool } from './tool.ts'

/** The schema of an object of which nothing beside the properties is taken. */
export function objectOf(
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[],
): JsonSchema {
  return { type: 'object', required, properties, additionalProperties: false }
}

/** Tools with their pins; without a word on it, one that neither takes a key nor can be asked whether a call took place. */
export function described(
  tools: readonly (Pick<Tool, 'name' | 'title' | 'description' | 'input' | 'effect'> &
    Partial<Pick<Tool, 'output' | 'takesKey' | 'canCheck'>>)[],
): readonly Tool[] {
  return tools.map((tool) => ({ takesKey: false, canCheck: false, ...tool, pin: pinOf(tool) }))
}
