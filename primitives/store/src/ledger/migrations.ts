import type { Migration } from '@heavylift/core'

/** The ledger's schema. `at` is when a decision happened, `recorded_at` when it came here. */
export const ledgerMigrations: Migration[] = [
  {
    name: '0001-ledger',
    sql: `
      create table decision (
        tenant_id text not null,
        id text not null,
        system text not null,
        kind text not null,
        subject_id text,
        input_ref text,
        input_hash text not null,
        output jsonb not null,
        confidence double precision check (confidence between 0 and 1),
        cost_micros bigint not null check (cost_micros >= 0),
        duration_ms double precision not null check (duration_ms >= 0),
        version text not null,
        at timestamptz not null,
        primary key (tenant_id, id)
      );
      create index decision_by_system on decision (tenant_id, system, at);
      create index decision_by_subject on decision (tenant_id, subject_id, at) where subject_id is not null;

      create table outcome (
        tenant_id text not null,
        subject_id text not null,
        kind text not null,
        idempotency_key text not null,
        value double precision not null,
        at timestamptz not null,
        primary key (tenant_id, subject_id, kind, idempotency_key)
      );

      create table experiment (
        tenant_id text not null,
        name text not null,
        arms jsonb not null,
        primary key (tenant_id, name)
      );

      create table exposure (
        tenant_id text not null,
        experiment text not null,
        unit_id text not null,
        arm text not null,
        at timestamptz not null,
        primary key (tenant_id, experiment, unit_id)
      );
      create index exposure_in_order on exposure (tenant_id, experiment, at, unit_id);
    `,
  },
  {
    name: '0002-recorded-at',
    // What is there already was recorded about when it happened, and not in the future.
    sql: `
      alter table decision add column recorded_at timestamptz;
      update decision set recorded_at = least(at, now());
      alter table decision alter column recorded_at set default now(), alter column recorded_at set not null;
      create index decision_by_recording on decision (tenant_id, recorded_at, id);
      create index decision_by_system_recording on decision (tenant_id, system, recorded_at, id);
    `,
  },
]
