import type { Migration } from '@heavylift/core'

/** Load runs and searches for limits, as they go: they outlive the server, and all servers on one database see them. */
export const keptRunsMigration: Migration = {
  name: '0001-kept-runs',
  sql: `
    create table kept_run (
      tenant_id text not null,
      -- load, limits
      kind text not null,
      run_id text not null,
      started_at_ms bigint not null,
      -- When whoever runs it last said anything; long ago while it goes on: that server is gone.
      told_at_ms bigint not null,
      is_going boolean not null,
      is_stop_asked boolean not null default false,
      run jsonb not null,
      primary key (tenant_id, kind, run_id)
    );
    create unique index on kept_run (tenant_id, kind) where is_going;
  `,
}
