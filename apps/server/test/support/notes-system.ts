import { defineSystem, EventStream, NotFoundError, RawResponse, route, uploadRoute } from '@heavylift/core'
import type { CoreServices, System } from '@heavylift/core'
import { z } from 'zod'

const note = z.object({ noteId: z.string(), text: z.string() })

/** A small system over memory that uses every kind of route. */
export function notesSystem(): System<CoreServices, { greeting: string }> & {
  notes: Map<string, Map<string, string>>
} {
  /** By tenant, then by id. */
  const notes = new Map<string, Map<string, string>>()
  const of = (tenantId: string): Map<string, string> => {
    const mine = notes.get(tenantId) ?? new Map<string, string>()
    notes.set(tenantId, mine)
    return mine
  }
  const system = defineSystem<CoreServices, { greeting: string }>({
    name: 'notes',
    title: 'Notes',
    summary: 'Keeps notes.',
    layer: 'system',
    config: z.object({ greeting: z.string().default('hello').describe('What it says.') }),
    migrations: [],
    pages: [{ path: '/list', title: 'List' }],
    commands: [],
    evals: [],
    benches: [],
    async start(services, config) {
      return {
        tile: async (tenantId) => ({
          state: 'running',
          headline: config.greeting,
          number: { label: 'notes', value: of(tenantId).size, unit: '' },
          decisionsToday: 0,
        }),
        stop: async () => {},
        routes: [
          route({
            method: 'get',
            path: '/script.js',
            summary: 'A script for pages.',
            access: 'public',
            handle: () => new RawResponse('run()', { 'content-type': 'text/javascript' }),
          }),
          route({
            method: 'get',
            path: '/notes',
            summary: 'Lists notes.',
            access: 'storefront',
            query: z.object({
              limit: z.coerce.number().int().min(1).max(10).default(5).describe('At most.'),
            }),
            response: z.object({ notes: z.array(note) }),
            handle: ({ caller, query }) => ({
              notes: [...of(caller.tenantId)]
                .slice(0, query.limit)
                .map(([noteId, text]) => ({ noteId, text })),
            }),
          }),
          route({
            method: 'post',
            path: '/notes',
            summary: 'Adds a note.',
            access: 'storefront',
            body: z.object({ text: z.string().max(100) }),
            response: note,
            maxBodyBytes: 200,
            handle({ caller, body }) {
              const noteId = services.ids.next('note')
              of(caller.tenantId).set(noteId, body.text)
              return { noteId, text: body.text }
            },
          }),
          route({
            method: 'get',
            path: '/notes/:noteId',
            summary: 'One note.',
            access: 'operator',
            params: z.object({ noteId: z.string() }),
            response: note,
            handle({ caller, params }) {
              const text = of(caller.tenantId).get(params.noteId)
              if (text === undefined)
                throw new NotFoundError({ code: 'note-unknown', message: 'No such note.' })
              return { noteId: params.noteId, text }
            },
          }),
          route({
            method: 'delete',
            path: '/notes',
            summary: 'Forgets everything.',
            access: 'admin',
            handle({ caller }) {
              of(caller.tenantId).clear()
              return null
            },
          }),
          route({
            method: 'get',
            path: '/broken',
            summary: 'Fails on a defect.',
            access: 'operator',
            handle() {
              throw new TypeError('the password is swordfish')
            },
          }),
          route({
            method: 'get',
            path: '/count',
            summary: 'Counts to three, or fails at two.',
            access: 'operator',
            query: z.object({ fail: z.string().optional() }),
            handle: ({ query, lastEventId }) =>
              new EventStream(
                (async function* () {
                  for (let i = Number(lastEventId ?? 0) + 1; i <= 3; i++) {
                    if (query.fail && i === 2) throw new TypeError('the password is swordfish')
                    yield { id: String(i), event: 'number', data: { i } }
                  }
                })(),
                { 'x-stream': 'yes' },
              ),
          }),
          uploadRoute({
            method: 'post',
            path: '/upload',
            summary: 'Counts bytes.',
            access: 'operator',
            maxBodyBytes: 1_000_000,
            response: z.object({ bytes: z.number() }),
            async handle({ body }) {
              let bytes = 0
              for await (const chunk of body) bytes += chunk.byteLength
              return { bytes }
            },
          }),
        ],
      }
    },
  })
  return { ...system, notes }
}
