import type { Migration } from '@heavylift/core'

/** Conversations and their turns, kept whole, so that every answer can be replayed. */
export const conversationsMigration: Migration = {
  name: '0002-conversations',
  sql: `
    create table conversation (
      tenant_id text not null,
      id text not null,
      -- Null until a known shopper speaks in it; then nobody else may.
      shopper_id text,
      state jsonb not null default '{}',
      turns int not null default 0,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (tenant_id, id)
    );
    create index conversation_by_time on conversation (tenant_id, updated_at desc);
    create index conversation_by_shopper on conversation (tenant_id, shopper_id, updated_at desc);

    create table turn (
      tenant_id text not null,
      id text not null,
      conversation_id text not null,
      ordinal int not null,
      -- The client's own id of the message: the same message again is the same turn.
      client_message_id text,
      message text not null,
      page_product_id text,
      device text,
      -- running -> done | failed | interrupted; interrupted -> running again when the client asks for it.
      status text not null check (status in ('running', 'done', 'failed', 'interrupted')),
      attempt int not null default 1,
      -- host:pid of the process that answers, and until when it holds the turn.
      owner text not null,
      lease_until timestamptz not null,
      inputs jsonb,
      input_hash text,
      plan jsonb,
      calls jsonb,
      parts jsonb,
      verification jsonb,
      version text,
      error text,
      first_content_ms real,
      duration_ms real,
      started_at timestamptz not null,
      finished_at timestamptz,
      primary key (tenant_id, id),
      unique (tenant_id, conversation_id, ordinal),
      foreign key (tenant_id, conversation_id) references conversation (tenant_id, id) on delete cascade
    );
    create unique index turn_by_client_message on turn (tenant_id, conversation_id, client_message_id);
    create index turn_running on turn (lease_until) where status = 'running';
  `,
}
