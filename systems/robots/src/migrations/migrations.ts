import type { Migration } from '@heavylift/core'
import { controlMigration } from './0001-control.ts'
import { controlTroublesMigration } from './0002-control-troubles.ts'
import { controlZonesMigration } from './0003-control-zones.ts'
import { controlBrokerLostMigration } from './0004-control-broker-lost.ts'

/** In order. A landed step never changes; a change is a further step. */
export const migrations: Migration[] = [
  controlMigration,
  controlTroublesMigration,
  controlZonesMigration,
  controlBrokerLostMigration,
]
