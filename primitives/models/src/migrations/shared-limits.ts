import type { Migration } from '@heavylift/core'

/** What processes on one database hold of the limits that they share; see `src/admission/shared`. */
export const sharedLimitsMigration: Migration = {
  name: '0005-shared-limits',
  sql: `
      -- What was spent in a UTC day by a tenant (t:…) and by a key (k:…); written with the calls themselves.
      create table limit_spent (
        scope text not null,
        day date not null,
        micros bigint not null,
        primary key (scope, day)
      );
      create index limit_spent_by_day on limit_spent (day);
      insert into limit_spent
        select scope, (hour at time zone 'UTC')::date, sum(cost_micros + wasted_cost_micros)
        from usage_hour
        cross join lateral (values ('t:' || tenant_id), ('k:' || nullif(key_id, ''))) as scopes (scope)
        where hour >= date_trunc('month', now(), 'UTC') and scope is not null
        group by 1, 2;

      -- Processes; what one holds is nobody's when its lease has ended.
      create table limit_holder (
        holder text not null primary key,
        -- Of its last exchange: an older one that comes late changes nothing.
        sequence bigint not null,
        alive_until timestamptz not null
      );
      -- Money (kind budget, millionths of a US dollar) and requests under way (kind flight).
      create table limit_hold (
        holder text not null references limit_holder on delete cascade,
        kind text not null,
        scope text not null,
        -- Since the process began: what it got in all, and what of it is in limit_spent.
        granted bigint not null,
        booked bigint not null default 0,
        primary key (holder, kind, scope)
      );
      create index limit_hold_by_scope on limit_hold (scope, kind);
      -- What may be taken of a rate (kind requests or tokens), as it was at that time.
      create table limit_rate (
        kind text not null,
        scope text not null,
        level double precision not null,
        at timestamptz not null,
        primary key (kind, scope)
      );
    `,
}
