import type { Migration } from '@heavylift/core'

/** Answers made ahead of the requests that ask for them. */
export const cacheMigrations: Migration[] = [
  {
    name: '0002-ready-answers',
    sql: `
      create table ready_answer (
        tenant_id text not null,
        -- SHA-256 of what decides the answer; see src/cache/request-key.ts.
        request_key text not null,
        answer jsonb not null,
        -- The model that was asked for.
        model text not null,
        -- What it was made for, such as shop:pills; dropped together.
        tag text not null,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (tenant_id, request_key)
      );
      create index ready_answer_by_tag on ready_answer (tenant_id, tag);
      create index ready_answer_by_expiry on ready_answer (expires_at);
    `,
  },
]
