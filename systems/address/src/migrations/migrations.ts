import type { Migration } from '@heavylift/core'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [
  {
    name: '0001-places',
    sql: `
      create table place (
        tenant_id text not null,
        place_id text not null,
        -- What is known: address, unit, name, record, documents.
        file jsonb not null,
        address text not null,
        latitude double precision,
        longitude double precision,
        kind text not null,
        action text not null,
        confidence double precision not null,
        decision jsonb not null,
        -- In the ledger, of the last decision.
        decision_id text not null,
        -- Of the comparison with deliveries without the agent.
        arm text,
        corrected_kind text,
        is_sample boolean not null,
        decided_at timestamptz not null,
        primary key (tenant_id, place_id)
      );
      create index place_newest on place (tenant_id, decided_at desc);
      create index place_asked on place (tenant_id, confidence) where action = 'ask' and corrected_kind is null;
      -- How often each source spoke for the kind that somebody then said was right.
      create table trust (
        tenant_id text not null,
        source text not null,
        was_right int not null,
        was_wrong int not null,
        primary key (tenant_id, source)
      )`,
  },
]
