import type { Migration } from '@heavylift/core'
import { postgresLogSql } from '@heavylift/streams'

/** What starts runs without a person, as live versions say, and the log that stream and queue triggers read. */
export const triggerMigrations: Migration[] = [
  {
    name: '0003-triggers',
    sql: `
      alter table agent add column team text;
      create table agent_trigger (
        tenant_id text not null,
        agent text not null,
        id text not null,
        kind text not null,
        -- As the live version has it.
        spec json not null,
        -- Of a webhook: its address cannot be guessed, and what comes is signed with the secret.
        hook_id text unique,
        secret text,
        -- Of a schedule: when it is due.
        next_ms bigint,
        -- Of a stream or a queue: its topic in the log, and the next offset.
        topic text,
        cursor_offset bigint,
        last_run text,
        primary key (tenant_id, agent, id)
      );
      create index agent_trigger_topic on agent_trigger (topic) where topic is not null;
      create index agent_trigger_due on agent_trigger (next_ms) where next_ms is not null;
      ${postgresLogSql}
    `,
  },
  {
    name: '0004-cases',
    sql: `
      -- Runs that somebody said are worth being repeated: an input and what is expected of it.
      create table agent_case (
        tenant_id text not null,
        agent text not null,
        id text not null,
        title text not null,
        input json not null,
        expected json not null,
        from_run text,
        made_ms bigint not null,
        primary key (tenant_id, agent, id)
      );
    `,
  },
]
