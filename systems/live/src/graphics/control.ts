import { InvalidInputError } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import type { Kysely } from 'kysely'
import { listGraphics } from './list-graphics.ts'
import type { GraphicListing } from './graphics-schemas.ts'
import { applyCommand, emptyLayer } from './layer-state.ts'
import type { LayerCommand, LayerState } from './layer-state.ts'
import type { GraphicsTables } from './graphics-tables.ts'

/** What is on air, by match and layer. Kept in the database, so that it outlives a server and two servers agree. */
export interface GraphicsControl {
  graphics(): Promise<GraphicListing[]>
  layers(tenantId: string, matchId: string): Promise<LayerState[]>
  layer(tenantId: string, matchId: string, layer: string): Promise<LayerState>
  /** The layer afterwards. Throws `graphic-unknown` for a graphic that there is not. */
  command(tenantId: string, matchId: string, layer: string, command: LayerCommand): Promise<LayerState>
  /** The layer now and after every change, until `signal` aborts. A slow reader skips states, never the last one. */
  follow(tenantId: string, matchId: string, layer: string, signal: AbortSignal): AsyncGenerator<LayerState>
}

/** How soon a change that another server made is seen. Changes of this one are told at once. */
const pollMs = 500

export function createControl(database: Kysely<GraphicsTables>): GraphicsControl {
  let listing: Promise<GraphicListing[]> | null = null
  const graphics = () => (listing ??= listGraphics())
  /** Wakes those who follow a layer after each change that this server makes. */
  const changes = new Map<string, { changed: Wakeup; followers: number }>()

  async function read(tenantId: string, matchId: string, layer: string): Promise<LayerState> {
    const row = await database
      .selectFrom('graphics_layer')
      .select('state')
      .where('tenant_id', '=', tenantId)
      .where('match_id', '=', matchId)
      .where('layer', '=', layer)
      .executeTakeFirst()
    return row?.state ?? emptyLayer(layer)
  }

  return {
    graphics,
    layer: read,
    async layers(tenantId, matchId) {
      const rows = await database
        .selectFrom('graphics_layer')
        .select('state')
        .where('tenant_id', '=', tenantId)
        .where('match_id', '=', matchId)
        .orderBy('layer')
        .execute()
      return rows.map(({ state }) => state)
    },
    async command(tenantId, matchId, layer, command) {
      const stepCounts = new Map((await graphics()).map(({ id, manifest }) => [id, manifest.stepCount ?? 1]))
      const graphic = 'graphic' in command ? command.graphic : undefined
      if (graphic !== undefined && !stepCounts.has(graphic)) {
        throw new InvalidInputError({
          code: 'graphic-unknown',
          message: `There is no graphic "${graphic}". There are: ${[...stepCounts.keys()].join(', ')}.`,
        })
      }
      const next = await database.transaction().execute(async (transaction) => {
        const key = { tenant_id: tenantId, match_id: matchId, layer }
        // The row is there before it is locked, so that two first commands come one after the other too.
        await transaction
          .insertInto('graphics_layer')
          .values({ ...key, state: JSON.stringify(emptyLayer(layer)) })
          .onConflict((conflict) => conflict.columns(['tenant_id', 'match_id', 'layer']).doNothing())
          .execute()
        const { state } = await transaction
          .selectFrom('graphics_layer')
          .select('state')
          .where('tenant_id', '=', tenantId)
          .where('match_id', '=', matchId)
          .where('layer', '=', layer)
          .forUpdate()
          .executeTakeFirstOrThrow()
        const changed = applyCommand(state, command, (id) => stepCounts.get(id) ?? 1)
        if (changed !== state) {
          await transaction
            .updateTable('graphics_layer')
            .set({ state: JSON.stringify(changed) })
            .where('tenant_id', '=', tenantId)
            .where('match_id', '=', matchId)
            .where('layer', '=', layer)
            .execute()
        }
        return changed
      })
      changes.get(keyOf(tenantId, matchId, layer))?.changed.wake()
      return next
    },
    async *follow(tenantId, matchId, layer, signal) {
      const key = keyOf(tenantId, matchId, layer)
      const own = changes.get(key) ?? { changed: new Wakeup(), followers: 0 }
      changes.set(key, own)
      own.followers++
      try {
        let told = -1
        while (!signal.aborted) {
          // Read before the table: a change during the reading is read again.
          const since = own.changed.count
          const state = await read(tenantId, matchId, layer)
          if (state.revision > told) {
            told = state.revision
            yield state
          }
          await own.changed.wait({ since, signal, timeoutMs: pollMs })
        }
      } finally {
        own.followers--
        if (own.followers === 0) changes.delete(key)
      }
    },
  }
}

function keyOf(...parts: string[]): string {
  return JSON.stringify(parts)
}
