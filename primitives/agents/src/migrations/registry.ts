import type { Migration } from '@heavylift/core'

/** The catalogue of agents. Numbers 0070 to 0089 of the package's migrations are the registry's. */
export const registryMigrations: Migration[] = [
  {
    name: '0070-registry',
    sql: `
      -- active → deprecated → retired, and back; what a version is stands in live_version.
      alter table agent add column life text not null default 'active';
      alter table agent add column successor text;
      alter table agent add column life_because text;

      -- What people look for an agent by. Made of its live version, else of its last one, in the transaction that changes either.
      create table agent_card (
        tenant_id text not null,
        name text not null,
        version integer not null,
        title text not null,
        summary text not null,
        -- Titles and goals of its steps.
        jobs json not null,
        tags json not null,
        team text,
        -- Who answers for it now: after a hand-over not the one that the definition names.
        owner text,
        stand_in text,
        -- YYYY-MM-DD
        review_on text,
        -- What was found before it was built, and why it was built all the same: { choice, of, because, by, nearest, atMs }.
        found json,
        filed_ms bigint not null,
        primary key (tenant_id, name)
      );
      create index agent_card_by_owner on agent_card (tenant_id, owner);
      create index agent_card_filed on agent_card (tenant_id, filed_ms);

      -- What an agent reaches by itself: of its live version and its canary. kind: tool, data, agent, credential, model.
      create table agent_edge (
        tenant_id text not null,
        agent text not null,
        kind text not null,
        target text not null,
        primary key (tenant_id, agent, kind, target)
      );
      create index agent_edge_back on agent_edge (tenant_id, kind, target, agent);
    `,
  },
  {
    name: '0071-stops',
    sql: `
      -- The kill switch. Set once, lifted once; who did either, and why, stays.
      create table agent_stop (
        tenant_id text not null,
        id text not null,
        because text not null,
        set_by text not null,
        set_ms bigint not null,
        -- The search by which its agents were chosen.
        query json,
        lifted_ms bigint,
        lifted_by text,
        lifted_because text,
        primary key (tenant_id, id)
      );
      -- What it stops. kind: agent (of a version, or of all), tool (mcp:files/read), source (mcp:files), credential.
      create table agent_stop_on (
        tenant_id text not null,
        stop_id text not null,
        kind text not null,
        name text not null,
        version integer not null default 0,
        primary key (tenant_id, kind, name, version, stop_id),
        foreign key (tenant_id, stop_id) references agent_stop on delete cascade
      );
    `,
  },
  {
    name: '0072-owners',
    sql: `
      -- Who can no longer answer for agents.
      create table person_gone (
        tenant_id text not null,
        person text not null,
        said_by text not null,
        gone_ms bigint not null,
        primary key (tenant_id, person)
      );
      -- An agent of somebody who is gone, offered to the stand-in: asked → accepted; not accepted by due_ms the agent is paused.
      create table agent_handover (
        tenant_id text not null,
        agent text not null,
        from_person text not null,
        to_person text not null,
        asked_ms bigint not null,
        due_ms bigint not null,
        accepted_ms bigint,
        primary key (tenant_id, agent, from_person)
      );
    `,
  },
]
