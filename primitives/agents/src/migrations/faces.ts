import type { Migration } from '@heavylift/core'

/** What the protocols need by which agents are called from outside. */
export const faceMigrations: Migration[] = [
  {
    name: '0040-faces',
    sql: `
      -- Secrets of this installation's own, made at their first use.
      create table face_secret (
        name text primary key,
        secret text not null
      );
      -- Tasks of A2A: a run each, with what the run itself does not know.
      create table a2a_task (
        tenant_id text not null,
        run_id text not null,
        agent text not null,
        context_id text not null,
        -- The API key that sent it; null for the administrator of this machine.
        by_key text,
        -- Messages in both directions, oldest first.
        history json not null,
        primary key (tenant_id, run_id)
      );
      create index a2a_task_context on a2a_task (tenant_id, agent, context_id);
      -- Who wants to be told by a request of ours when a task changes.
      create table a2a_push (
        tenant_id text not null,
        run_id text not null,
        id text not null,
        config json not null,
        -- The state that was told last, when the next try is due, and how many have failed.
        told text not null,
        next_ms bigint not null,
        failed int not null default 0,
        primary key (tenant_id, run_id, id)
      );
      create index a2a_push_due on a2a_push (next_ms);
    `,
  },
]
