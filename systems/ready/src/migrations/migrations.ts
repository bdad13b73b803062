import type { Migration } from '@heavylift/core'
import { keptRunsMigration } from './0001-kept-runs.ts'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [keptRunsMigration]
