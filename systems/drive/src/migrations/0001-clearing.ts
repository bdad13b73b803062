import type { Migration } from '@heavylift/core'

/** The clearance that is asked for and not done: one at a time, whichever server runs it. */
export const clearingMigration: Migration = {
  name: '0001-clearing',
  sql: `
    create table clearing (
      only_row boolean primary key default true check (only_row),
      words jsonb not null,
      suite text not null,
      progress jsonb,
      error text,
      is_stop_asked boolean not null default false
    );
  `,
}
