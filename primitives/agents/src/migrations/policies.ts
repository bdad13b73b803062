import type { Migration } from '@heavylift/core'

/** Rules of tenants over the calls of all their agents. Number 0080 is theirs. */
export const policyMigrations: Migration[] = [
  {
    name: '0080-policies',
    sql: `
      -- Append only: what held when is never lost. The newest version holds.
      create table agent_policy (
        tenant_id text not null,
        version integer not null,
        rules json not null,
        note text not null,
        set_by text not null,
        set_ms bigint not null,
        primary key (tenant_id, version)
      );
    `,
  },
]
