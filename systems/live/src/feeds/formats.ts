import type { FeedFormat } from './feed-format.ts'

/** Every format, for recognising a file. */
export const feedFormats: readonly FeedFormat[] = []
