import type { Migration } from '@heavylift/core'

/** Agents and their versions. Numbers are shared by all migrations of the package; 0010 to 0029 are the studio's. */
export const publishMigrations: Migration[] = [
  {
    name: '0001-agents',
    sql: `
      create table agent (
        tenant_id text not null,
        name text not null,
        -- What new runs get: the canary for its share of them (0 to 1), else the live version.
        live_version integer,
        canary_version integer,
        canary_share double precision not null default 0,
        -- Why no new run starts; null while it works.
        paused_because text,
        changed_ms bigint not null,
        primary key (tenant_id, name)
      );
      -- Never changed once written: old runs finish on theirs.
      create table agent_version (
        tenant_id text not null,
        name text not null,
        version integer not null,
        definition jsonb not null,
        -- SHA-256 (hex) of the definition.
        hash text not null,
        note text not null default '',
        published_ms bigint not null,
        primary key (tenant_id, name, version)
      );
    `,
  },
]
