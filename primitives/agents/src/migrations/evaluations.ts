import type { Migration } from '@heavylift/core'

/** Cases that are played, and what came of them. Numbers 0030 to 0034 are theirs. */
export const evaluationMigrations: Migration[] = [
  {
    name: '0030-evaluations',
    sql: `
      -- What the run of a case met outside itself; where it is kept when it is long. Null for a case of before: it has no recording.
      alter table agent_case add column recorded json;
      -- CEL over input, output and expected; none means that the result equals the expected one.
      alter table agent_case add column checks json not null default '[]';
      -- When a version first got new runs, and why, where its cases had not passed.
      alter table agent_version add column live_ms bigint;
      alter table agent_version add column live_despite text;
      update agent_version set live_ms = published_ms
        from agent where agent.tenant_id = agent_version.tenant_id and agent.name = agent_version.name
          and agent.live_version = agent_version.version;
      create table agent_evaluation (
        tenant_id text not null,
        id text not null,
        agent text not null,
        version integer not null,
        -- What is tried beside the version; null for the version as it is.
        change json,
        -- Evaluations of many agents that try the same.
        fleet text,
        state text not null,
        made_ms bigint not null,
        ended_ms bigint,
        primary key (tenant_id, id)
      );
      create index agent_evaluation_of_version on agent_evaluation (tenant_id, agent, version, made_ms desc);
      create index agent_evaluation_of_fleet on agent_evaluation (tenant_id, fleet) where fleet is not null;
      create table agent_evaluation_case (
        tenant_id text not null,
        evaluation text not null,
        case_id text not null,
        title text not null,
        -- The case as it was when it was played: a change of it makes what came of it old.
        case_ms bigint not null,
        run_id text not null,
        verdict json,
        -- Without the change, where it fails with it.
        passed_before boolean,
        primary key (tenant_id, evaluation, case_id),
        foreign key (tenant_id, evaluation) references agent_evaluation on delete cascade
      );
    `,
  },
]
