import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** Kinds of sources that somebody registers, and the schemes that each answers by. */
export const sourceKinds = {
  openapi: ['http', 'https'],
  http: ['http', 'https'],
  mcp: ['http', 'https'],
  sql: ['postgres', 'postgresql'],
  mail: ['imap', 'imaps'],
} as const
export type SourceKind = keyof typeof sourceKinds

export const sourceName = z
  .string()
  .regex(
    new RegExp(`^(${Object.keys(sourceKinds).join('|')}):[a-z0-9][a-z0-9-]{0,62}$`),
    'a kind, a colon and small letters, digits or hyphens: `sql:orders`',
  )

const json = z.record(z.string(), z.unknown())

/** A query that an administrator wrote: a tool of its own, whose arguments are the parameters. */
export const namedQuery = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'small letters, digits and underscores'),
  description: z.string().max(2_000),
  sql: z.string().min(1).max(50_000).describe('One SELECT with `$1` … for the parameters, in their order.'),
  parameters: z
    .array(
      z.strictObject({ name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/), schema: json.default({}) }),
    )
    .max(50)
    .default([]),
})

/** How a source is registered, in the configuration or by a tenant. It holds no secret: what signs in is a credential. */
export const sourceSpec = z.strictObject({
  url: z
    .url()
    .max(2_000)
    .optional()
    .describe(
      'Where it answers: `https://…`, for `sql:` `postgres://host:5432/database`, for `mail:` `imaps://host`. Calls go nowhere else.',
    ),
  document: z
    .string()
    .optional()
    .describe('For `openapi:`: the file of the document, beside the configuration.'),
  tls: z
    .boolean()
    .default(true)
    .describe('For `sql:` and `mail:`: false sends in the open, for networks of one’s own.'),
  schemas: z
    .array(z.string().min(1).max(63))
    .min(1)
    .max(20)
    .default(['public'])
    .describe('For `sql:`: whose tables may be read.'),
  functions: z
    .array(z.string().max(130))
    .max(100)
    .default([])
    .describe(
      'For `sql:`: functions of the database’s own that queries may call, e.g. `public.distance_km`.',
    ),
  queries: z
    .array(namedQuery)
    .max(100)
    .default([])
    .describe('For `sql:`: queries that are tools of their own.'),
  onlyQueries: z.boolean().default(false).describe('For `sql:`: no other queries than those.'),
  maxRows: z.int().min(1).max(10_000).default(500).describe('For `sql:`: rows of an answer.'),
  smtp: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      'For `mail:`: where mail is sent, `smtps://host` or `smtp://host:587`. Without it the mailbox is read only.',
    ),
  from: z.email().optional().describe('For `mail:`: the sender of what is sent.'),
})
export type SourceSpec = z.output<typeof sourceSpec>

export function kindOf(name: string): SourceKind {
  return name.split(':', 1)[0] as SourceKind
}

/** What is wrong with a spec for a name. @throws InvalidInputError `source-unusable` */
export function checkSpec(name: string, spec: SourceSpec, hasDocument: boolean): void {
  const unusable = (why: string): InvalidInputError =>
    new InvalidInputError({ code: 'source-unusable', message: `The source ${name} ${why}.` })
  const kind = kindOf(name)
  if (kind === 'openapi' && !hasDocument) throw unusable('has no document')
  if (spec.url === undefined) {
    if (kind !== 'openapi') throw unusable('names no url')
    return
  }
  for (const each of [spec.url, spec.smtp ?? spec.url]) {
    const { username, password } = new URL(each)
    if (username !== '' || password !== '')
      throw unusable('has a user or a password in its url; make a credential of them')
  }
  const schemes: readonly string[] = sourceKinds[kind]
  if (!schemes.includes(new URL(spec.url).protocol.slice(0, -1)))
    throw unusable(`takes addresses of ${schemes.join(' or ')}`)
  if (kind === 'sql' && new URL(spec.url).pathname.length < 2)
    throw unusable('names no database: postgres://host:5432/database')
  if (spec.smtp !== undefined && spec.from === undefined)
    throw unusable('sends mail and says not from whom (`from`)')
}
