import type { Migration } from '@heavylift/core'

/** What must outlive planner, gateway and broker: floors, steps that are planned, how far robots are, tasks, the emergency stop. */
export const controlMigration: Migration = {
  name: '0001-control',
  sql: `
    create table control_floor (
      tenant_id text not null,
      floor_id text not null,
      -- Names all orders of this floor; another run of it has other orders.
      run text not null,
      -- movingai, as read.
      map text not null,
      cell_metres double precision not null,
      -- [{ major, manufacturer, serialNumber, start }], start = cell * 4 + direction.
      robots jsonb not null,
      created_at timestamptz not null,
      primary key (tenant_id, floor_id)
    );
    -- Written before anything of it is sent; its key lets one planner alone write a step.
    create table control_step (
      tenant_id text not null,
      floor_id text not null,
      step integer not null,
      -- One byte a robot: 0 ahead, 1 right, 2 left, 3 wait.
      actions bytea not null,
      -- [[robot, task, errand, isLast]] of errands that are reached by the step.
      errands jsonb not null,
      planned_at_ms bigint not null,
      primary key (tenant_id, floor_id, step)
    );
    -- The routes as of a step, from which later steps go on.
    create table control_keep (
      tenant_id text not null,
      floor_id text not null,
      step integer not null,
      states bytea not null,
      book jsonb not null,
      primary key (tenant_id, floor_id)
    );
    -- How far each robot is, for the planner: int32, visits; -1 for one that is not to be moved.
    create table control_progress (
      tenant_id text not null,
      floor_id text not null,
      stands bytea not null,
      primary key (tenant_id, floor_id)
    );
    create table control_task (
      tenant_id text not null,
      floor_id text not null,
      task_id bigint generated always as identity,
      errands integer[] not null,
      robot integer,
      -- Errands that are planned, and that its robot has reported as done.
      planned integer not null default 0,
      done integer not null default 0,
      created_at timestamptz not null,
      begun_at timestamptz,
      finished_at timestamptz,
      primary key (tenant_id, floor_id, task_id)
    );
    create index on control_task (tenant_id, floor_id) where finished_at is null;
    create table control_stop (
      tenant_id text not null,
      floor_id text not null,
      -- Counts the stops of the floor, so that each has instant actions of its own.
      number integer not null,
      is_latched boolean not null,
      reason text not null,
      by_whom text not null,
      at timestamptz not null,
      -- First of the two steps of a release; the second must name it.
      release_token text,
      release_asked_at timestamptz,
      primary key (tenant_id, floor_id)
    );
  `,
}
