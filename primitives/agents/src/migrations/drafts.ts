import type { Migration } from '@heavylift/core'

/** Agents as they are edited. Numbers 0010 to 0029 of the package's migrations are the studio's. */
export const draftMigrations: Migration[] = [
  {
    name: '0010-drafts',
    sql: `
      create table draft (
        tenant_id text not null,
        name text not null,
        -- The file as a person wrote it; it may be broken for a while.
        text text not null,
        -- Counted up by each patch.
        revision integer not null default 0,
        changed_ms bigint not null,
        primary key (tenant_id, name)
      );
      -- Append only: undo and redo are patches too. The oldest go when there are very many.
      create table draft_patch (
        tenant_id text not null,
        name text not null,
        -- The revision that it made.
        revision integer not null,
        tab text not null,
        kind text not null,
        of_revision integer,
        -- By meaning; null where a text could not be read.
        changes json,
        -- By text: { at, removed, inserted }.
        splice json not null,
        made_ms bigint not null,
        primary key (tenant_id, name, revision),
        foreign key (tenant_id, name) references draft on delete cascade
      );
    `,
  },
]
