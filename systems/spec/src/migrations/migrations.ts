import type { Migration } from '@heavylift/core'
import { studioMigration } from './0001-studio.ts'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [studioMigration]
