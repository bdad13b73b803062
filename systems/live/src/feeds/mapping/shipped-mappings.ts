import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FeedMapping } from './mapping-schema.ts'
import { parseMapping } from './mapping-schema.ts'

const folder = join(import.meta.dirname, '../../../mappings')

/** Mappings that come with Heavylift: a file each, the same as anyone's own. */
export const shippedMappings: readonly FeedMapping[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((name) => parseMapping(readFileSync(join(folder, name), 'utf8')))

export const shippedMapping = (name: string): FeedMapping | null =>
  shippedMappings.find((mapping) => mapping.name === name) ?? null

/** Throws where there is none: a part of the project is missing. */
export function needShipped(name: string): FeedMapping {
  const mapping = shippedMapping(name)
  if (mapping === null) throw new Error(`There is no mapping ${name} in ${folder}.`)
  return mapping
}
