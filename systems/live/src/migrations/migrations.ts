import type { Migration } from '@heavylift/core'
import { matchesMigration } from './0001-matches.ts'
import { graphicsMigration } from './0002-graphics.ts'
import { tagsMigration } from './0003-tags.ts'
import { matchStreamsMigration } from './0004-match-streams.ts'
import { tagStretchesMigration } from './0005-tag-stretches.ts'
import { sharedMigration } from './0006-shared.ts'
import { feedMappingsMigration } from './0007-feed-mappings.ts'
import { tagWordsMigration } from './0008-tag-words.ts'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [
  matchesMigration,
  graphicsMigration,
  tagsMigration,
  matchStreamsMigration,
  tagStretchesMigration,
  sharedMigration,
  feedMappingsMigration,
  tagWordsMigration,
]
