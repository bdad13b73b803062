import type { Migration } from '@heavylift/core'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = []
