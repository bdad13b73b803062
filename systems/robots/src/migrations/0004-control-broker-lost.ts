import type { Migration } from '@heavylift/core'

/** Since when the gateway has not reached the broker, for people. */
export const controlBrokerLostMigration: Migration = {
  name: '0004-control-broker-lost',
  sql: `
    alter table control_report add column broker_lost_at timestamptz;
  `,
}
