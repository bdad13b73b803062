import type { ColumnType } from 'kysely'
import type { LayerState } from './layer-state.ts'

/** Rows of migration `0002-graphics`. */
export interface GraphicsTables {
  graphics_layer: {
    tenant_id: string
    match_id: string
    layer: string
    state: ColumnType<LayerState, string, string>
  }
}
