import type { Migration } from '@heavylift/core'

/** By which words each tag is found, so that those saved before kinds were called otherwise are written anew. */
export const tagWordsMigration: Migration = {
  name: '0008-tag-words',
  sql: `
    -- 0: by words of a server that did not say.
    alter table tag add column words_version integer not null default 0;
    create index tag_words_version on tag (words_version);
  `,
}
