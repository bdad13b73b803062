import type { Migration } from '@heavylift/core'

/** Whose runs are and whom they are about. Number 0101 is theirs. */
export const costMigrations: Migration[] = [
  {
    name: '0101-costs',
    sql: `
      -- Of the run's version, and what its definition says that it is about.
      alter table run add column team text;
      alter table run add column subject text;
      update run set team = agent.team from agent where agent.tenant_id = run.tenant_id and agent.name = run.agent;
    `,
  },
]
