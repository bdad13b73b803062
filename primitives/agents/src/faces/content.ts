import { specTypeSchemas } from '@modelcontextprotocol/server'
import type { ContentBlock } from '@modelcontextprotocol/server'
import { isRecord } from './input.ts'

/** What a result is made of: text, unless it is `{ content: […] }` of MCP's own contents (pictures, sounds, resources), which all protocols hand on. */
export function contentOf(output: unknown): ContentBlock[] {
  return (
    ownContent(output) ?? [
      { type: 'text', text: typeof output === 'string' ? output : JSON.stringify(output ?? null) },
    ]
  )
}

/** Null where a result is not made of contents. */
export function ownContent(output: unknown): ContentBlock[] | null {
  if (!isRecord(output) || !Array.isArray(output['content']) || output['content'].length === 0) return null
  const blocks: ContentBlock[] = []
  for (const each of output['content']) {
    const read = specTypeSchemas.ContentBlock['~standard'].validate(each)
    if (!('value' in read)) return null
    blocks.push(read.value)
  }
  return blocks
}
