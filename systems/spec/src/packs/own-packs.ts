import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { Pack } from './pack.ts'

/** Where a repository keeps the packs of its own frameworks, from its root. */
export const ownPacksFolder = '.heavylift-spec/packs'

const arg = z.union([z.int(), z.string(), z.strictObject({ at: z.int(), name: z.string() })])
const status = z.union([z.int(), z.strictObject({ arg, otherwise: z.int().optional() })])
const place = z.enum(['path', 'query', 'header', 'cookie', 'form'])
const handlers = z.union([z.int(), z.string()])
const names = <T extends z.ZodType>(of: T) => z.record(z.string(), of)

const methodRule = z.discriminatedUnion('does', [
  z.strictObject({
    does: z.literal('route'),
    method: z.string(),
    path: arg,
    handlers: handlers.optional(),
    decorates: z.literal(true).optional(),
    methods: arg.optional(),
  }),
  z.strictObject({ does: z.literal('handle'), methods: arg, path: arg, handlers }),
  z.strictObject({
    does: z.literal('group'),
    prefix: arg.optional(),
    middleware: z.int().optional(),
    body: arg.optional(),
  }),
  z.strictObject({ does: z.literal('mount'), prefix: arg.optional(), child: arg }),
  z.strictObject({ does: z.literal('use'), errorParameters: z.int().optional() }),
  z.strictObject({ does: z.literal('path'), path: arg }),
  z.strictObject({
    does: z.literal('object'),
    arg,
    handlers: z.int().optional(),
    keys: z.array(z.string()).optional(),
  }),
  z.strictObject({
    does: z.literal('error'),
    handler: arg,
    type: arg.optional(),
    decorates: z.literal(true).optional(),
  }),
  z.strictObject({ does: z.literal('prefix'), path: arg }),
  z.strictObject({ does: z.literal('self'), middleware: z.int().optional() }),
])

const callRule = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('status'), status }),
  z.strictObject({
    does: z.literal('respond'),
    status: status.optional(),
    body: arg.optional(),
    media: z.string().optional(),
  }),
  z.strictObject({
    does: z.literal('read'),
    in: place,
    name: arg,
    otherwise: arg.optional(),
    type: z.string().optional(),
    isRequired: z.literal(true).optional(),
  }),
  z.strictObject({ does: z.literal('body'), into: arg.optional(), media: z.string().optional() }),
  z.strictObject({
    does: z.literal('raise'),
    status,
    message: arg.optional(),
    never: z.literal(true).optional(),
  }),
  z.strictObject({ does: z.literal('throw'), arg }),
  z.strictObject({ does: z.literal('self') }),
  z.strictObject({ does: z.literal('inputs'), in: z.union([place, z.literal('body')]) }),
])

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    return z.NEVER
  }
})

/** A pack as a file: what `Pack` has, with regular expressions as texts. */
const packFile = z.strictObject({
  framework: z.string().min(1),
  language: z.enum(['javascript', 'python', 'java', 'go']),
  insteadOf: z.array(z.string()).optional(),
  uses: pattern,
  routers: names(z.strictObject({ isApp: z.boolean(), prefix: arg.optional() })).optional(),
  routerTypes: names(z.boolean()).optional(),
  methods: names(methodRule).optional(),
  functions: names(methodRule).optional(),
  files: z
    .strictObject({
      manifest: pattern,
      files: pattern,
      silent: pattern.optional(),
      closed: pattern.optional(),
      exports: z.enum(['methods', 'default']),
    })
    .optional(),
  prefixes: z.array(z.strictObject({ files: pattern, prefix: z.string() })).optional(),
  access: z.strictObject({ key: z.string(), everybody: z.string() }).optional(),
  syntax: z.enum(['colon', 'braces', 'parts', 'angle', 'regex', 'brackets']),
  parameters: z.array(z.string()).optional(),
  calls: names(callRule).optional(),
  inputs: names(z.union([place, z.literal('body')])).optional(),
  assigns: names(z.enum(['status', 'body'])).optional(),
  errors: names(status).optional(),
  answers: names(z.strictObject({ status, body: arg.optional() })).optional(),
  returns: z
    .strictObject({ status: z.int(), isBody: z.boolean(), emptyStatus: z.int().optional() })
    .optional(),
  isStrictSlash: z.literal(true).optional(),
  invalidStatus: z.int().optional(),
})

/**
 * The packs that a repository brings for frameworks of its own: `.heavylift-spec/packs/*.json`, in the order of their names.
 * @throws InvalidInputError `pack-invalid` with the file and what is wrong in it
 */
export async function ownPacks(root: string): Promise<Pack[]> {
  const folder = join(root, ownPacksFolder)
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).toSorted()
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      const read = packFile.safeParse(parsed(text))
      if (read.success) return read.data as Pack
      throw new InvalidInputError({
        code: 'pack-invalid',
        message: `${ownPacksFolder}/${name} is no pack: ${z.prettifyError(read.error)}`,
      })
    }),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
