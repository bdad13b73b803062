import type { Migration } from '@heavylift/core'
import { sharedLimitsMigration } from './shared-limits.ts'

/** Each call, a partition a day so that old ones are dropped at once; their sums an hour, which stay; texts where they are kept. */
export const meteringMigrations: Migration[] = [
  {
    name: '0001-calls',
    sql: `
      create table call (
        id text not null,
        at timestamptz not null,
        tenant_id text not null,
        key_id text,
        api text not null,
        model text not null,
        provider text not null,
        upstream_model text not null,
        replica_id text not null,
        status text not null,
        http_status int not null,
        error_code text,
        is_stream boolean not null,
        priority text not null,
        attempts int not null,
        is_hedged boolean not null,
        cache text not null,
        queued_ms real not null,
        ttft_ms real,
        duration_ms real not null,
        input_tokens bigint not null,
        cache_read_tokens bigint not null,
        cache_write_tokens bigint not null,
        output_tokens bigint not null,
        reasoning_tokens bigint not null,
        is_usage_estimated boolean not null,
        cost_micros bigint not null,
        is_priced boolean not null,
        -- Ids sort by time. The partition key has to be in it.
        primary key (id, at)
      ) partition by range (at);
      create index call_by_tenant on call (tenant_id, id);
      create index call_by_model on call (model, id);

      -- What each key of a tenant used in an hour (UTC). No key is ''.
      create table usage_hour (
        hour timestamptz not null,
        tenant_id text not null,
        key_id text not null,
        model text not null,
        provider text not null,
        calls bigint not null,
        failed bigint not null,
        cancelled bigint not null,
        refused bigint not null,
        cache_hits bigint not null,
        unpriced bigint not null,
        input_tokens bigint not null,
        cache_read_tokens bigint not null,
        cache_write_tokens bigint not null,
        output_tokens bigint not null,
        reasoning_tokens bigint not null,
        cost_micros bigint not null,
        primary key (tenant_id, hour, key_id, model, provider)
      );
      create index usage_hour_by_time on usage_hour (hour);

      create table call_text (
        tenant_id text not null,
        call_id text not null,
        at timestamptz not null,
        request text not null,
        answer text not null,
        primary key (tenant_id, call_id)
      );
      create index call_text_by_time on call_text (at);
    `,
  },
  {
    name: '0003-wasted',
    sql: `
      alter table call
        add column wasted_tokens bigint not null default 0,
        add column wasted_cost_micros bigint not null default 0;
      alter table usage_hour
        add column wasted_tokens bigint not null default 0,
        add column wasted_cost_micros bigint not null default 0;
    `,
  },
  sharedLimitsMigration,
  {
    name: '0007-imported-usage',
    sql: `
      -- Files of a gateway without a database whose sums are in usage_hour, so that none counts twice.
      create table imported_usage (name text primary key, at timestamptz not null default now());
    `,
  },
]
