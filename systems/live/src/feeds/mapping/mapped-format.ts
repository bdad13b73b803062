import type { FeedFormat } from '../feed-format.ts'
import { headerColumns } from '../read-source.ts'
import type { FeedMapping } from './mapping-schema.ts'
import { MappedReader } from './mapped-reader.ts'

/** The format that a mapping describes. */
export function createMappedFormat(mapping: FeedMapping): FeedFormat {
  return {
    name: mapping.name,
    title: mapping.title ?? `By the mapping "${mapping.name}"`,
    recognise: (_name, head) => recognise(mapping, head),
    async *parse(source, { name, matchId, signal }) {
      const reader = new MappedReader(mapping, { name, matchId, as: 'file' })
      for await (const bytes of source) {
        signal.throwIfAborted()
        yield* reader.push(bytes)
      }
      yield* reader.end()
    },
  }
}

/** How sure it is that a feed is of a mapping, by the columns and texts that the mapping knows it by; 0 where it names none. */
function recognise({ recognise: signs }: FeedMapping, head: Uint8Array): number {
  if (signs === undefined) return 0
  const text = new TextDecoder().decode(head)
  const holds = signs.holds ?? []
  const columns = signs.columns ?? []
  const isJson = /^\uFEFF?\s*[[{]/.test(text)
  if (isJson) return holds.length > 0 && holds.every((part) => text.includes(part)) ? 1 : 0
  if (columns.length === 0) return 0
  const header = headerColumns(head)
  return columns.every((name) => header.has(name)) ? 1 : 0
}
