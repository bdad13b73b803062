import { EventStream, NotFoundError, route, scopes } from '@heavylift/core'
import type { Logger, ServerEvent, Tile } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { z } from 'zod'
import type { SystemPart } from '../part.ts'
import type { ServerContext } from './server-context.ts'

type TilesContext = Pick<ServerContext, 'systems' | 'log' | 'tileEveryMs'>

const range = z.object({ atLeast: z.number().optional(), atMost: z.number().optional() })

const tileSchema = z.object({
  state: z.enum(['running', 'starting', 'degraded', 'stopped']),
  headline: z.string(),
  number: z.object({
    label: z.string(),
    value: z.number().nullable(),
    unit: z.string(),
    goal: range.optional(),
  }),
  decisionsToday: z.number(),
  needs: z
    .array(z.object({ text: z.string(), to: z.string() }))
    .optional()
    .describe('What waits for a person, with the page of the console where it is seen to.'),
  picture: z.unknown().optional(),
})

const systemsSchema = z.object({
  version: z.string(),
  tenant: z.string(),
  scope: z.enum(scopes),
  hasLedger: z.boolean().describe('False where the installation runs without a database.'),
  systems: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      summary: z.string(),
      layer: z.enum(['system', 'primitive']),
      state: z.enum(['starting', 'running', 'failed', 'stopped']),
      pages: z.array(z.object({ path: z.string(), title: z.string() })),
    }),
  ),
})

/** What the console's navigation and home page read. */
export function systemsRoutes(context: TilesContext & Pick<ServerContext, 'version' | 'ledger'>) {
  return [
    route({
      method: 'get',
      path: '/systems',
      summary: 'Every system with its pages and state.',
      access: 'operator',
      response: systemsSchema,
      handle: ({ caller }) => ({
        version: context.version,
        tenant: caller.tenantId,
        scope: caller.scope,
        hasLedger: context.ledger !== null,
        systems: context.systems.map(({ system, state }) => ({
          name: system.name,
          title: system.title,
          summary: system.summary,
          layer: system.layer,
          state,
          pages: system.pages,
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/systems/:name/tile',
      summary: 'The live tile of one system.',
      access: 'operator',
      params: z.object({ name: z.string() }),
      response: tileSchema,
      async handle({ params, caller }) {
        const part = context.systems.find(({ name }) => name === params.name)
        if (!part) throw unknownSystem()
        return tileOf(part, caller.tenantId, context.log)
      },
    }),
    route({
      method: 'get',
      path: '/tiles',
      summary: 'Server-sent events `tile`: every tile at the start, then each one when it changes.',
      access: 'operator',
      events: { tile: z.object({ system: z.string(), tile: tileSchema }) },
      handle: ({ caller, signal }) => new EventStream(tileEvents(context, caller.tenantId, signal)),
    }),
  ]
}

async function* tileEvents(
  context: TilesContext,
  tenantId: string,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const sent = new Map<string, string>()
  while (!signal.aborted) {
    const tiles = await Promise.all(
      context.systems.map(async (part) => ({
        system: part.name,
        tile: await tileOf(part, tenantId, context.log),
      })),
    )
    for (const event of tiles) {
      const text = JSON.stringify(event)
      if (sent.get(event.system) === text) continue
      sent.set(event.system, text)
      yield { event: 'tile', data: text }
    }
    await sleep(context.tileEveryMs, signal)
  }
}

/** A system that fails to draw its tile, or is not there, still has one that says so. */
async function tileOf(part: SystemPart, tenantId: string, log: Logger): Promise<Tile> {
  const empty = { number: { label: '', value: null, unit: '' }, decisionsToday: 0 }
  if (part.running && part.state === 'running') {
    try {
      return await part.running.tile(tenantId)
    } catch (error) {
      log.warn({ system: part.name, error }, 'tile failed')
      return { ...empty, state: 'degraded', headline: "Its state cannot be read; the server's log says why." }
    }
  }
  if (part.state === 'starting') return { ...empty, state: 'starting', headline: 'Starting.' }
  return { ...empty, state: 'stopped', headline: part.failure ?? 'Stopped.' }
}

const unknownSystem = (): NotFoundError =>
  new NotFoundError({
    code: 'system-unknown',
    message: 'There is no such system. GET /api/heavylift/systems lists them.',
  })
