import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AddressContext } from '../context.ts'
import type { Place } from '../decide/places.ts'
import { sources } from '../domain/evidence.ts'
import { evidentKinds, kinds } from '../domain/kinds.ts'
import { readUsual } from '../learn/usual.ts'

const kind = z.enum(kinds)
const source = z.enum(sources)

const decision = z.object({
  kind,
  confidence: z.number(),
  probabilities: z.record(z.enum(evidentKinds), z.number()),
  action: z.enum(['decide', 'ask']),
  question: z.string().nullable(),
  unit: z.object({ needed: z.boolean(), missing: z.boolean(), value: z.string().nullable() }),
  hours: z.string().nullable(),
  window: z.string().nullable(),
  instructions: z.array(z.string()),
  evidence: z.array(
    z.object({
      document: z.string(),
      source,
      quote: z.string(),
      dateMs: z.number().nullable(),
      speaksFor: kind,
      weight: z.number(),
      reliability: z.number(),
    }),
  ),
  conflicts: z.array(z.object({ document: z.string(), speaksFor: kind, weight: z.number() })),
  ordersIgnored: z.array(z.object({ document: z.string(), quote: z.string() })),
  priorWeight: z.number(),
  version: z.string(),
})

const place = z.object({
  id: z.string(),
  address: z.string(),
  name: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  correctedKind: kind.nullable(),
  isSample: z.boolean(),
  decidedAtMs: z.number(),
  decisionId: z.string(),
  decision,
  arm: z.string().nullable(),
})

/** PostgreSQL keeps no NUL in text. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll('\0', ''))

const newPlace = z.object({
  id: z
    .string()
    .regex(
      /^[\w.:-]{1,100}$/,
      'An id has letters, digits, dots, colons, dashes and underscores, at most 100.',
    )
    .optional()
    .describe('One of your own, such as an order number; the same again is decided anew.'),
  address: line(500).pipe(z.string().trim().min(1)),
  unit: line(40).nullable().default(null),
  name: line(200).nullable().default(null),
  record: z
    .record(z.string().max(100), z.unknown())
    .nullable()
    .default(null)
    .describe('A row about the address, e.g. of an assessor.'),
  documents: z
    .array(z.object({ name: line(200), content: line(200_000) }))
    .max(50)
    .default([])
    .describe('Emails (.eml), pages (.html), records (.json) and notes (.txt), told apart by their names.'),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
})

const placeId = z.object({ placeId: z.string().max(100) })

export const placeRoutes = ({ places, ids }: AddressContext) => {
  const withId = (one: z.output<typeof newPlace>) => ({ ...one, id: one.id ?? ids.next('place') })
  return [
    route({
      method: 'post',
      path: '/places',
      summary:
        'Decides what kind of place an address is, out of what is known of it, with each piece of evidence and its weight.',
      access: 'operator',
      body: newPlace,
      response: place,
      maxBodyBytes: 12 * 1024 * 1024,
      handle: async ({ caller, body }) => only(await places.decide(caller.tenantId, [withId(body)])),
    }),
    route({
      method: 'post',
      path: '/places/batch',
      summary: 'Decides up to 200 addresses; the answers are in the order of the addresses.',
      access: 'operator',
      body: z.object({
        places: z.array(newPlace).min(1).max(200),
        usual: line(500)
          .optional()
          .describe(
            'Which kinds of places the list mostly holds, in percent, where you know it: "business 80, institution 15".',
          ),
      }),
      response: z.object({
        places: z.array(place),
        expectedRight: z
          .object({ likely: z.number(), low: z.number(), high: z.number() })
          .nullable()
          .describe(
            'Share of these kinds that may be right while nobody told what is usual; of ten lists that were never seen nine were between low and high. Null once 10 places are corrected, or with `usual`.',
          ),
      }),
      maxBodyBytes: 24 * 1024 * 1024,
      handle: async ({ caller: { tenantId }, body }) => {
        const usual = body.usual === undefined ? null : readUsual(body.usual)
        const decided = await places.decide(tenantId, body.places.map(withId), { usual })
        return { places: decided, expectedRight: await places.expected(tenantId, decided, usual) }
      },
    }),
    route({
      method: 'get',
      path: '/places',
      summary:
        'Addresses that were decided, newest first; those to ask about (`action=ask`) the least sure first.',
      access: 'operator',
      query: z.object({
        kind: kind.optional(),
        action: z.enum(['decide', 'ask']).optional(),
        text: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(2000).default(200),
      }),
      response: z.object({ places: z.array(place) }),
      handle: async ({ caller, query: { kind, action, text, limit } }) => ({
        places: await places.find(caller.tenantId, {
          ...(kind === undefined ? {} : { kind }),
          ...(action === undefined ? {} : { action }),
          ...(text === undefined ? {} : { text }),
          limit,
        }),
      }),
    }),
    route({
      method: 'get',
      path: '/places/:placeId',
      summary: 'One address with its decision and evidence.',
      access: 'operator',
      params: placeId,
      response: place,
      handle: ({ caller, params }) => places.get(caller.tenantId, params.placeId),
    }),
    route({
      method: 'post',
      path: '/places/:placeId/correction',
      summary:
        'Says what kind of place it is. The decision follows, and its sources are believed more or less from then on.',
      access: 'operator',
      params: placeId,
      body: z.object({ kind: z.enum(evidentKinds) }),
      response: place,
      handle: ({ caller, params, body }) => places.correct(caller.tenantId, params.placeId, body.kind),
    }),
    route({
      method: 'post',
      path: '/places/:placeId/outcome',
      summary: 'Says whether the first attempt to deliver failed.',
      access: 'operator',
      params: placeId,
      body: z.object({ isDefect: z.boolean() }),
      handle: async ({ caller, params, body }) => {
        await places.outcome(caller.tenantId, params.placeId, body.isDefect)
        return null
      },
    }),
    route({
      method: 'delete',
      path: '/samples',
      summary: 'Removes the sample addresses.',
      access: 'operator',
      response: z.object({ removed: z.int() }),
      handle: async ({ caller }) => ({ removed: await places.removeSamples(caller.tenantId) }),
    }),
  ]
}

function only(list: Place[]): Place {
  const [first] = list
  if (first === undefined) throw new RangeError('One address has one decision.')
  return first
}
