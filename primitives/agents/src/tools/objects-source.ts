import { createHash } from 'node:crypto'
import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Objects } from '@heavylift/store'
import { text } from '../import/json.ts'
import { described, objectOf } from './described.ts'
import { failedBy } from './failed.ts'
import type { CallContext, ToolOutcome, ToolSource } from './tool.ts'

const mostListed = 1_000
const key = {
  type: 'string',
  pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$',
  maxLength: 500,
  description: 'Segments of letters, digits, `.`, `_` and `-`, with slashes between them.',
}
const content = {
  text: { type: 'string', description: 'What it holds, as text.' },
  base64: { type: 'string', contentEncoding: 'base64', description: 'Or its bytes.' },
}

const tools = described([
  {
    name: 'list',
    title: 'List objects',
    description: 'Lists keys of objects in their order, a page at a time.',
    input: objectOf(
      {
        prefix: { type: 'string', maxLength: 500, pattern: '^[A-Za-z0-9._/-]*$' },
        after: { ...key, description: 'Keys behind this one.' },
        limit: { type: 'integer', minimum: 1, maximum: mostListed, default: 100 },
      },
      [],
    ),
    output: objectOf({ keys: { type: 'array', items: { type: 'string' } }, isCut: { type: 'boolean' } }, [
      'keys',
      'isCut',
    ]),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'read',
    title: 'Read an object',
    description: 'Gives what an object holds: text, or base64 where it is no text.',
    input: objectOf({ key }, ['key']),
    output: objectOf({ key: { type: 'string' }, bytes: { type: 'integer' }, ...content }, ['key', 'bytes']),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'write',
    title: 'Write a new object',
    description:
      'Writes an object under a key that is free. The same content again changes nothing; other content is refused.',
    input: objectOf({ key, ...content }, ['key']),
    effect: 'reversible',
    takesKey: true,
  },
  {
    name: 'replace',
    title: 'Replace an object',
    description: 'Writes an object in the place of what there is; what was there is gone.',
    input: objectOf({ key, ...content }, ['key']),
    effect: 'outside',
    takesKey: true,
  },
  {
    name: 'remove',
    title: 'Remove an object',
    description: 'Removes an object; one that is gone already is no error.',
    input: objectOf({ key }, ['key']),
    effect: 'outside',
    takesKey: true,
  },
])

/**
 * The source `objects`, or `objects:NAME` for what lies below a name: the tenant's own objects in the house's store. No key leads to another tenant's,
 * nor to those of runs.
 */
export function objectsSource(name: string, tenantId: string, objects: Objects): ToolSource {
  const below = name.split(':')[1]
  // A tenant's id may hold what a key may not.
  const root = `tools/${createHash('sha256').update(tenantId).digest('hex').slice(0, 32)}/${below === undefined ? '' : `${below}/`}`
  const read = async (at: string, mostBytes: number): Promise<Buffer | null> => {
    const there = await objects.head(root + at)
    if (there !== null && there.bytes > mostBytes)
      throw new InvalidInputError({
        code: 'answer-too-long',
        message: `The object ${at} has ${there.bytes} bytes, and a tool answers ${mostBytes} at most.`,
      })
    const body = there === null ? null : await objects.get(root + at)
    return body === null ? null : Buffer.from(await new Response(body).arrayBuffer())
  }

  const perform = async (
    tool: string,
    args: Readonly<Record<string, unknown>>,
    { maxAnswerBytes }: CallContext,
  ): Promise<unknown> => {
    const at = String(args['key'])
    switch (tool) {
      case 'list': {
        const limit = Number(args['limit'] ?? 100)
        const keys: string[] = []
        const after = text(args['after'], '')
        for await (const found of objects.list(root + text(args['prefix'], ''))) {
          const bare = found.slice(root.length)
          if (bare <= after) continue
          if (keys.length === limit) return { keys, isCut: true }
          keys.push(bare)
        }
        return { keys, isCut: false }
      }
      case 'read': {
        // Base64 is a third longer.
        const bytes = await read(at, Math.floor(maxAnswerBytes * 0.7))
        if (bytes === null)
          throw new NotFoundError({ code: 'object-unknown', message: `There is no object "${at}".` })
        const text = asText(bytes)
        return {
          key: at,
          bytes: bytes.length,
          ...(text === null ? { base64: bytes.toString('base64') } : { text }),
        }
      }
      case 'write': {
        const wanted = contentOf(args)
        const there = await read(at, Number.MAX_SAFE_INTEGER)
        if (there !== null && !there.equals(wanted))
          throw new InvalidInputError({
            code: 'object-exists',
            message: `There is an object "${at}" already, with another content. Take another key, or replace it.`,
          })
        if (there === null) await objects.put(root + at, wanted)
        return { key: at, bytes: wanted.length }
      }
      case 'replace': {
        const wanted = contentOf(args)
        await objects.put(root + at, wanted)
        return { key: at, bytes: wanted.length }
      }
      default:
        await objects.delete(root + at)
        return { key: at }
    }
  }
  return {
    name,
    list: () => Promise.resolve(tools),
    async call({ tool, args }, context): Promise<ToolOutcome> {
      try {
        return { state: 'done', value: await perform(tool.name, args, context) }
      } catch (error) {
        return failedBy(error)
      }
    },
  }
}

function contentOf(args: Readonly<Record<string, unknown>>): Buffer {
  const { text: given, base64 } = args
  if ((given === undefined) === (base64 === undefined))
    throw new InvalidInputError({ code: 'object-empty', message: 'Give one of `text` and `base64`.' })
  return given === undefined ? Buffer.from(text(base64), 'base64') : Buffer.from(text(given))
}

function asText(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
