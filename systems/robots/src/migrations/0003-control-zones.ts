import type { Migration } from '@heavylift/core'

/** Zones that people draw on a floor under control, and what the gateway tells people of every robot. */
export const controlZonesMigration: Migration = {
  name: '0003-control-zones',
  sql: `
    create table control_zone (
      tenant_id text not null,
      floor_id text not null,
      zone_id integer generated always as identity,
      type text not null,
      -- Cells from row and column to row and column, both included; "left" and "right" are words of SQL.
      first_row integer not null,
      first_column integer not null,
      last_row integer not null,
      last_column integer not null,
      reason text not null,
      by_whom text not null,
      at timestamptz not null,
      primary key (tenant_id, floor_id, zone_id)
    );
    create table control_report (
      tenant_id text not null,
      floor_id text not null,
      -- Without user and password.
      broker text not null,
      -- { received, sent, resent, refused }
      counts jsonb not null,
      -- [[status, cell, heardAtMs, sentAtMs, charge, why]], one for each robot.
      robots jsonb not null,
      at timestamptz not null,
      primary key (tenant_id, floor_id)
    );
  `,
}
