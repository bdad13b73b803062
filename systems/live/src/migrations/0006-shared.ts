import type { Migration } from '@heavylift/core'
import { postgresLogSql } from '@heavylift/streams'

/** What servers on one database share: the log of events, where it is kept here, and whether the simulated matches are on. */
export const sharedMigration: Migration = {
  name: '0006-shared',
  sql: `
    ${postgresLogSql}
    create table demo (
      only_row boolean primary key default true check (only_row),
      is_on boolean not null,
      -- Some server is at it; cleared by the one that plays, or that takes over.
      is_playing boolean not null default false
    );
  `,
}
