import type { Migration } from '@heavylift/core'

/** Runs and what they have done. */
export const runMigrations: Migration[] = [
  {
    name: '0002-runs',
    sql: `
      create table run (
        tenant_id text not null,
        id text not null,
        agent text not null,
        version integer not null,
        -- queued → running ⇄ waiting → done | failed | cancelled; the last three never change.
        state text not null,
        -- Counted up by whoever takes the run over: what a former owner still writes is refused.
        epoch integer not null default 0,
        -- Counted up each time it goes on after a wait: each is a durable run of its own.
        segment integer not null default 0,
        input json not null,
        output json,
        error json,
        -- How it was started: { kind, id … }.
        trigger json not null,
        parent_run text,
        parent_path text,
        depth integer not null default 0,
        -- The run that this one repeats from a step, and the step.
        forked_from text,
        forked_at text,
        wants_cancel boolean not null default false,
        cost_micros bigint not null default 0,
        tokens bigint not null default 0,
        created_ms bigint not null,
        -- When it last began to run, or to wait for it.
        turned_ms bigint not null,
        started_ms bigint,
        ended_ms bigint,
        primary key (tenant_id, id)
      );
      create index run_by_time on run (tenant_id, created_ms desc, id);
      create index run_by_agent on run (tenant_id, agent, created_ms desc);
      create index run_open on run (state, created_ms) where state in ('queued', 'running', 'waiting');
      create index run_by_parent on run (tenant_id, parent_run) where parent_run is not null;

      -- Append only. An entry's place is its number: of two writers one wins it, and the other reads again.
      create table journal (
        tenant_id text not null,
        run_id text not null,
        seq integer not null,
        epoch integer not null,
        -- Which step: 'each.3.pay_one', and inside a loop its turn and call: 'solve#2.0'.
        path text not null,
        kind text not null,
        data json not null,
        at_ms bigint not null,
        primary key (tenant_id, run_id, seq)
      );

      -- What a run waits for: a time, an event, another run, or a person. The first answer stays.
      create table wait (
        tenant_id text not null,
        run_id text not null,
        path text not null,
        kind text not null,
        until_ms bigint,
        event text,
        -- For people: { who, ask, show, late }.
        question json,
        opened_ms bigint not null,
        answer json,
        answered_by text,
        answered_ms bigint,
        -- The run has gone on with the answer.
        is_taken boolean not null default false,
        primary key (tenant_id, run_id, path)
      );
      create index wait_due on wait (until_ms) where answered_ms is null and until_ms is not null;
      create index wait_event on wait (tenant_id, event) where answered_ms is null and event is not null;
      create index wait_open on wait (tenant_id, kind, opened_ms) where answered_ms is null;
      create index wait_answered on wait (answered_ms) where answered_ms is not null and not is_taken;
    `,
  },
]
