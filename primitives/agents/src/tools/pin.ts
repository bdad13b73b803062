import { createHash } from 'node:crypto'
import type { Tool } from './tool.ts'

/** SHA-256 (hex) over name, text and schemas of a tool; the order of members in a schema does not count. */
export function pinOf(tool: Pick<Tool, 'name' | 'description' | 'input' | 'output'>): string {
  const { name, description, input, output } = tool
  return createHash('sha256')
    .update(JSON.stringify([name, description, sorted(input), sorted(output ?? null)]))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
