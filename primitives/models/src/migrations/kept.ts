import type { Migration } from '@heavylift/core'

/** What clients leave with the gateway: responses to go on from, files, batches. */
export const keptMigrations: Migration[] = [
  {
    name: '0004-responses',
    sql: `
      create table kept_response (
        tenant_id text not null,
        id text not null,
        model text not null,
        -- Which replica answered: it has the prefix in its cache, or (response is null) the response itself.
        replica_id text not null,
        previous_id text,
        -- Items of this turn alone; those before it are in the responses before.
        input jsonb not null,
        response jsonb,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (tenant_id, id)
      );
      create index kept_response_by_expiry on kept_response (expires_at);
    `,
  },
  {
    name: '0006-batches',
    sql: `
      create table kept_file (
        tenant_id text not null,
        id text not null,
        filename text not null,
        purpose text not null,
        bytes bigint not null,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (tenant_id, id)
      );
      create index kept_file_by_expiry on kept_file (expires_at);
      create table batch (
        tenant_id text not null,
        id text not null,
        -- Path of the requests, which says whose API it is of: /v1/messages is Anthropic's.
        endpoint text not null,
        input_file_id text not null,
        -- Who pays: limits of its key hold for each request.
        key_id text,
        limits jsonb,
        metadata jsonb,
        status text not null,
        -- Seconds since 1970 by name: in_progress_at, completed_at …
        times jsonb not null,
        -- Why its file cannot be read: [{ code, message, line, param }].
        errors jsonb,
        total integer not null default 0,
        completed integer not null default 0,
        failed integer not null default 0,
        output_file_id text,
        error_file_id text,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (tenant_id, id)
      );
      -- Gone once the output is written.
      create table batch_line (
        tenant_id text not null,
        batch_id text not null,
        line integer not null,
        custom_id text not null,
        body jsonb not null,
        -- waiting, asked (a call under call_id may have been made), done.
        state text not null default 'waiting',
        call_id text,
        status_code integer,
        answer jsonb,
        primary key (tenant_id, batch_id, line)
      );
      create index batch_line_to_do on batch_line (tenant_id, batch_id, line) where state <> 'done';
    `,
  },
  {
    name: '0008-background-responses',
    sql: `
      -- Of a response that is being made: its process says so again and again. Null once it has ended.
      alter table kept_response add column running_until timestamptz;
    `,
  },
]
