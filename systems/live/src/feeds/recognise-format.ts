import { InvalidInputError } from '@heavylift/core'
import type { FeedFormat } from './feed-format.ts'
import { feedFormats } from './formats.ts'

/** Below this nobody is sure enough. */
const leastSure = 0.3

/**
 * The format of a feed from its name and first bytes (unzipped). Throws an `InvalidInputError` (`feed-format-unknown`)
 * that lists the formats, the likeliest first.
 */
export function recogniseFormat(name: string, head: Uint8Array): FeedFormat {
  const ranked = feedFormats
    .map((format) => ({ format, score: format.recognise(name, head) }))
    .toSorted((a, b) => b.score - a.score)
  const best = ranked[0]
  if (best && best.score >= leastSure) return best.format
  const near = ranked.filter(({ score }) => score > 0).map(({ format }) => format.name)
  throw new InvalidInputError({
    code: 'feed-format-unknown',
    message:
      `The format of "${name}" is not recognised.` +
      (near.length > 0 ? ` It may be ${near.join(' or ')}.` : '') +
      ` Name it with --format (${listed()}), or describe its columns in a mapping file.`,
  })
}

/** Throws an `InvalidInputError` (`feed-format-unknown`) that lists the formats. */
export function formatNamed(name: string): FeedFormat {
  const format = feedFormats.find((candidate) => candidate.name === name)
  if (format) return format
  throw new InvalidInputError({
    code: 'feed-format-unknown',
    message: `There is no feed format "${name}". The formats are: ${listed()}.`,
  })
}

function listed(): string {
  return feedFormats.map(({ name }) => name).join(', ')
}
