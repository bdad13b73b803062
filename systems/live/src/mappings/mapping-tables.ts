import type { ColumnType } from 'kysely'
import type { MappedState } from '../feeds/mapping/mapped-state.ts'
import type { WrittenMapping } from '../feeds/mapping/mapping-schema.ts'

/** Rows of migration `0007-feed-mappings`. */
export interface MappingTables {
  feed_mapping: {
    tenant_id: string
    name: string
    body: ColumnType<WrittenMapping, string, string>
    saved_at: Date
  }
  feed_mapping_state: {
    tenant_id: string
    mapping: string
    feed: string
    version: number
    body: ColumnType<MappedState, string, string>
  }
}
