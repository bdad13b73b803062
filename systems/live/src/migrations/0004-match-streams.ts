import type { Migration } from '@heavylift/core'

/** Where a match's video is. */
export const matchStreamsMigration: Migration = {
  name: '0004-match-streams',
  sql: `
    create table match_stream (
      tenant_id text not null,
      match_id text not null,
      url text not null,
      -- Milliseconds from an event's time to its picture's EXT-X-PROGRAM-DATE-TIME.
      offset_ms bigint not null,
      primary key (tenant_id, match_id)
    );
  `,
}
