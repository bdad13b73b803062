import type { Migration } from '@heavylift/core'

/** Words of what shoppers wrote, so that conversations are found by them. Without stems: a store may speak any language. */
export const conversationWordsMigration: Migration = {
  name: '0007-conversation-words',
  sql: `
    alter table turn add column words tsvector generated always as (to_tsvector('simple', message)) stored;
    create index turn_by_words on turn using gin (words);
  `,
}
