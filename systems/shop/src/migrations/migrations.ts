import type { Migration } from '@heavylift/core'
import { catalogMigration } from './0001-catalog.ts'
import { conversationsMigration } from './0002-conversations.ts'
import { commerceMigration } from './0003-commerce.ts'
import { pillsMigration } from './0004-pills.ts'
import { synonymsMigration } from './0005-synonyms.ts'
import { picturesMigration } from './0006-pictures.ts'
import { conversationWordsMigration } from './0007-conversation-words.ts'
import { merchandisingMigration } from './0008-merchandising.ts'
import { signingMigration } from './0009-signing.ts'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [
  catalogMigration,
  conversationsMigration,
  commerceMigration,
  pillsMigration,
  synonymsMigration,
  picturesMigration,
  conversationWordsMigration,
  merchandisingMigration,
  signingMigration,
]
