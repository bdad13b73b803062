import type { Migration } from '@heavylift/core'

/** Whether outcomes are as they were. Number 0100 is theirs. */
export const driftMigrations: Migration[] = [
  {
    name: '0100-drift',
    sql: `
      create index run_ended on run (ended_ms, id) where ended_ms is not null;
      -- A test for each agent and measure, over all its outcomes since somebody said that it is as it should be.
      create table agent_drift (
        tenant_id text not null,
        agent text not null,
        measure text not null,
        test json not null,
        -- What was found, with when; nothing more is observed then, until somebody accepts it.
        alarm json,
        -- { by, because, atMs } of the last time that somebody did.
        accepted json,
        primary key (tenant_id, agent, measure)
      );
      create index agent_drift_alarm on agent_drift (tenant_id) where alarm is not null;
      -- Up to where runs, and what was reported of an agent's runs, have been observed. Of the latter ids at just that moment.
      create table drift_through (
        tenant_id text not null,
        of text not null,
        at_ms bigint not null,
        ids json not null,
        primary key (tenant_id, of)
      );
    `,
  },
]
