import { isShopifyHeader } from './shopify.ts'
import { createCsvReader } from '@heavylift/core/rows'
import type { FeedFormat } from './feed-row.ts'

/** Guesses the format from the first characters of the file. */
export function detectFormat(head: string): FeedFormat {
  const start = head.trimStart()
  if (start.startsWith('<')) return 'merchant-xml'
  if (start.startsWith('{') || start.startsWith('[')) return 'jsonl'
  const reader = createCsvReader()
  reader.push(head)
  if (reader.header() === null) reader.end()
  return isShopifyHeader(reader.header() ?? []) ? 'shopify' : 'csv'
}
