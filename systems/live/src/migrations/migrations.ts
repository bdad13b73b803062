import type { Migration } from '@heavylift/core'
import { matchesMigration } from './0001-matches.ts'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [matchesMigration]
