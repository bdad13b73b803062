import type { Migration } from '@heavylift/core'

/** What agents are worth. Numbers 0035 to 0039 are theirs. */
export const valueMigrations: Migration[] = [
  {
    name: '0035-value',
    sql: `
      -- How it was before an agent did it, as it was set last; outcomes stand in the ledger.
      create table agent_baseline (
        tenant_id text not null,
        agent text not null,
        baseline json not null,
        set_ms bigint not null,
        primary key (tenant_id, agent)
      );
    `,
  },
]
