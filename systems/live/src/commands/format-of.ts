import { readFile } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import type { FeedFormat } from '../feeds/feed-format.ts'
import { createMappedFormat } from '../feeds/mapping/mapped-format.ts'
import { parseMapping } from '../feeds/mapping/mapping-schema.ts'
import { formatNamed, recogniseFormat } from '../feeds/recognise-format.ts'

/**
 * The format that `--mapping` or `--format` name, else the one that a feed's name and beginning show. Throws an
 * `InvalidInputError` for a mapping that cannot be read and a format that there is not.
 */
export async function formatOf(
  options: Record<string, unknown>,
  name: string,
  head: Uint8Array,
): Promise<FeedFormat> {
  const { mapping, format } = options
  if (typeof mapping === 'string') return createMappedFormat(parseMapping(await textOf(mapping)))
  return typeof format === 'string' ? formatNamed(format) : recogniseFormat(name, head)
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError({
      code: 'mapping-unreadable',
      message: `The mapping file ${file} cannot be read: ${why}. Mappings that come with Heavylift are named by --format.`,
    })
  }
}
