import type { Migration } from '@heavylift/core'

/** Robots that do not go on by themselves, for people: written by the gateway with how far all are. */
export const controlTroublesMigration: Migration = {
  name: '0002-control-troubles',
  sql: `
    -- [{ robot, status, why }]
    alter table control_progress add column troubles jsonb not null default '[]';
  `,
}
