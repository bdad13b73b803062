import type { Migration } from '@heavylift/core'

/** Tags of moments, made for questions over millions of them. */
export const tagsMigration: Migration = {
  name: '0003-tags',
  sql: `
    create table tag (
      tenant_id text not null,
      tag_id text not null,
      match_id text not null,
      start_ms bigint not null,
      importance real not null,
      -- Null in races.
      seconds_left real,
      -- Words of the text and names, and a lexeme for every other property that is asked for (type:score, match:…).
      search tsvector not null,
      body jsonb not null,
      primary key (tenant_id, tag_id)
    );
    -- Rows are read by the thousand to find a page; the body of the few that are shown lies outside of them.
    alter table tag alter column body set storage external;
    alter table tag alter column search set storage main;
    alter table tag set (toast_tuple_target = 128);
    -- One index for each order that answers come in.
    create index tag_by_time on tag (tenant_id, start_ms, tag_id);
    create index tag_by_match on tag (tenant_id, match_id, start_ms, tag_id);
    create index tag_by_importance on tag (tenant_id, importance, start_ms, tag_id);
    -- And one for any mix of conditions.
    create index tag_by_search on tag using gin (search);
  `,
}
