import type { Migration } from '@heavylift/core'

/** Mappings of foreign feeds, and what is remembered of each feed that is pushed by one. */
export const feedMappingsMigration: Migration = {
  name: '0007-feed-mappings',
  sql: `
    create table feed_mapping (
      tenant_id text not null,
      name text not null,
      -- Not jsonb: it is shown as it was written.
      body json not null,
      saved_at timestamptz not null,
      primary key (tenant_id, name)
    );
    create table feed_mapping_state (
      tenant_id text not null,
      mapping text not null,
      -- The match that the sender names; empty where the feed names its own.
      feed text not null,
      -- One higher with every part that was taken.
      version int not null,
      body jsonb not null,
      primary key (tenant_id, mapping, feed)
    );
  `,
}
