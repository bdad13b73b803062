import { EventStream, route } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import { graphicListingSchema, layerSchema } from '../graphics/graphics-schemas.ts'
import type { Layer } from '../graphics/graphics-schemas.ts'
import { onAirState } from '../graphics/layer-state.ts'
import type { LayerState } from '../graphics/layer-state.ts'
import type { LiveContext } from '../context.ts'

const matchParams = z.object({ matchId: z.string().min(1).max(100) })
const layerName = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'A layer is named by 1 to 40 small letters, digits or dashes.')
const layerParams = matchParams.extend({ layer: layerName })
const layerQuery = z.object({ layer: layerName.default('main') })

const data = z.record(z.string(), z.unknown()).nullable().default(null)
const graphic = z.string().min(1).max(60)
const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('preview'), graphic, data }),
  z.object({ type: z.literal('take'), graphic: graphic.optional(), data }),
  z.object({ type: z.literal('clear') }),
  z.object({ type: z.literal('next') }),
  z.object({ type: z.literal('update'), bus: z.enum(['program', 'preview']).default('program'), data }),
  z.object({ type: z.literal('auto'), isAuto: z.boolean() }),
])

/** What graphics there are, and what is on air. */
export function graphicsRoutes({ control, matches }: Pick<LiveContext, 'control' | 'matches'>) {
  return [
    route({
      method: 'get',
      path: '/graphics',
      summary: 'OGraf graphics with their manifests; the files are below /live/graphics/.',
      access: 'public',
      response: z.object({ graphics: z.array(graphicListingSchema) }),
      handle: async () => ({ graphics: await control.graphics() }),
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/graphics',
      summary: 'Layers of a match that were used: what is on air and in preview.',
      access: 'operator',
      params: matchParams,
      response: z.object({ layers: z.array(layerSchema) }),
      async handle({ caller, params }) {
        await matches.get(caller.tenantId, params.matchId)
        return { layers: (await control.layers(caller.tenantId, params.matchId)).map(told) }
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/graphics/stream',
      summary: 'A layer now and after every change: events `layer`.',
      access: 'operator',
      params: matchParams,
      query: layerQuery,
      events: { layer: layerSchema },
      async handle({ caller, params, query, signal }) {
        await matches.get(caller.tenantId, params.matchId)
        return new EventStream(toEvents(control.follow(caller.tenantId, params.matchId, query.layer, signal)))
      },
    }),
    route({
      method: 'post',
      path: '/matches/:matchId/graphics/:layer',
      summary:
        'A command to a layer: preview, take, clear, next, update or auto. Answers what the layer is then.',
      access: 'operator',
      params: layerParams,
      body: command,
      response: layerSchema,
      async handle({ caller, params, body }) {
        await matches.get(caller.tenantId, params.matchId)
        return told(await control.command(caller.tenantId, params.matchId, params.layer, body))
      },
    }),
  ]
}

function told(state: LayerState): Layer {
  return { ...state, state: onAirState(state) }
}

async function* toEvents(states: AsyncIterable<LayerState>): AsyncGenerator<ServerEvent> {
  for await (const state of states) {
    yield { id: String(state.revision), event: 'layer', data: told(state) }
  }
}
