import type { Migration } from '@heavylift/core'

/** What clients leave with the gateway: responses to go on from. */
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
]
