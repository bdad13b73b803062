import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError } from '../src/runtime/config.ts'
import { listOptions } from '../src/runtime/config-options.ts'
import { loadConfig, findNearest } from '../src/runtime/index.ts'

const server = {
  name: 'server',
  schema: z.object({
    port: z.int().min(1).max(65_535).default(4600).describe('Port to listen on.'),
    trustProxy: z.boolean().default(false).describe('Believe x-forwarded-for.'),
    limits: z
      .object({ bodyBytes: z.int().default(1_048_576).describe('Largest body in bytes.') })
      .default({ bodyBytes: 1_048_576 }),
  }),
}
const store = {
  name: 'store',
  schema: z.object({
    databaseUrl: z
      .string()
      .nullable()
      .default(null)
      .describe('PostgreSQL to use.')
      .meta({ env: 'DATABASE_URL', secret: true }),
    kind: z.enum(['disk', 's3']).default('disk').describe('Where blobs are kept.'),
    tags: z.array(z.string()).default([]).describe('Tags.'),
  }),
}

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'heavylift-config-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function load(file: unknown, env: Record<string, string> = {}) {
  if (file !== null) {
    const text = typeof file === 'string' ? file : JSON.stringify(file)
    writeFileSync(join(directory, 'heavylift.config.json'), text)
  }
  return loadConfig({ sections: [server, store], directory, env })
}

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    expect(ConfigError.isInstance(error)).toBe(true)
    return (error as Error).message
  }
  throw new Error('expected an error')
}

test('no file and no variables give every default [CORE-CONFIG-01]', () => {
  const config = load(null)
  expect(config.section('server')).toEqual({
    port: 4600,
    trustProxy: false,
    limits: { bodyBytes: 1_048_576 },
  })
  expect(config.section('store')).toEqual({ databaseUrl: null, kind: 'disk', tags: [] })
})

test('the environment wins over the file, which wins over defaults [CORE-CONFIG-01]', () => {
  const config = load(
    { $schema: 'x', server: { port: 5000, limits: { bodyBytes: 10 } }, store: { kind: 's3' } },
    {
      HEAVYLIFT_SERVER_PORT: '6000',
      HEAVYLIFT_SERVER_TRUST_PROXY: 'yes',
      DATABASE_URL: 'postgres://h/db',
      HEAVYLIFT_STORE_TAGS: '["a"]',
    },
  )
  expect(config.section('server')).toEqual({ port: 6000, trustProxy: true, limits: { bodyBytes: 10 } })
  expect(config.section('store')).toEqual({ databaseUrl: 'postgres://h/db', kind: 's3', tags: ['a'] })
  const sources = Object.fromEntries(config.options().map((option) => [option.path, option.source]))
  expect(sources['server.port']).toEqual({ env: 'HEAVYLIFT_SERVER_PORT' })
  expect(sources['server.limits.bodyBytes']).toBe('file')
  expect(sources['store.databaseUrl']).toEqual({ env: 'DATABASE_URL' })
  expect(sources['store.tags']).toEqual({ env: 'HEAVYLIFT_STORE_TAGS' })
})

test('a secret is taken from the file or the variable that is named, and neither is shown [CORE-CONFIG-06]', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heavylift-secret-'))
  const file = join(folder, 'url')
  writeFileSync(file, 'postgres://from/file\n')
  const read = (value: string, env: Record<string, string> = {}) =>
    load({ store: { databaseUrl: value } }, env).section<{ databaseUrl: string }>('store').databaseUrl
  expect(read(`file:${file}`)).toBe('postgres://from/file')
  expect(read('env:PLACE', { PLACE: 'postgres://from/variable' })).toBe('postgres://from/variable')
  expect(messageOf(() => read('env:PLACE'))).toContain('store.databaseUrl: the variable PLACE is not set')
  expect(messageOf(() => read(`file:${folder}/none`))).toContain('none cannot be read (ENOENT)')
  // Other options keep such a text as it is.
  expect(messageOf(() => load({ store: { kind: `file:${file}` } }))).not.toContain('from/file')
  rmSync(folder, { recursive: true, force: true })
})

test('an empty variable counts as absent', () => {
  expect(load({ server: { port: 5000 } }, { HEAVYLIFT_SERVER_PORT: '' }).section('server')).toMatchObject({
    port: 5000,
  })
})

test('a wrong value names the file, the path and what was expected [CORE-CONFIG-02]', () => {
  expect(messageOf(() => load({ server: { port: 'abc' } }))).toBe(
    'The configuration cannot be used:\n  heavylift.config.json: server.port: expected number, got "abc"',
  )
  expect(messageOf(() => load({ store: { kind: 'tape' } }))).toContain(
    'heavylift.config.json: store.kind: expected one of "disk"|"s3", got "tape"',
  )
})

test('a wrong variable is named, and a secret value never shown [CORE-CONFIG-02]', () => {
  expect(messageOf(() => load(null, { HEAVYLIFT_SERVER_PORT: 'lots' }))).toContain(
    'HEAVYLIFT_SERVER_PORT: expected number, got "lots"',
  )
  expect(messageOf(() => load({ store: { databaseUrl: 12345 } }))).not.toContain('12345')
})

test('every problem is listed at once [CORE-CONFIG-02]', () => {
  const message = messageOf(() =>
    load({ server: { port: 0, trustProxy: 'maybe' } }, { HEAVYLIFT_STORE_KIND: 'x' }),
  )
  expect(message).toContain('server.port')
  expect(message).toContain('server.trustProxy')
  expect(message).toContain('HEAVYLIFT_STORE_KIND')
})

test('an unknown option or variable is an error that suggests the nearest [CORE-CONFIG-03]', () => {
  expect(messageOf(() => load({ server: { prot: 1 } }))).toContain(
    'heavylift.config.json: server.prot: no such option; did you mean server.port?',
  )
  expect(messageOf(() => load({ sevrer: {} }))).toContain('sevrer: no such option; did you mean server?')
  expect(messageOf(() => load(null, { HEAVYLIFT_SERVER_PROT: '1' }))).toContain(
    'HEAVYLIFT_SERVER_PROT: no such option; did you mean HEAVYLIFT_SERVER_PORT?',
  )
})

test('a file that is not JSON or not an object is named [CORE-CONFIG-02]', () => {
  expect(messageOf(() => load('{ "server": '))).toContain(join(directory, 'heavylift.config.json'))
  expect(messageOf(() => load('[]'))).toContain('expected an object')
})

test('a variable that is there to be a key of a provider is no option [CORE-CONFIG-03]', () => {
  expect(load({}, { HEAVYLIFT_SECRET_UP: 'k' })).toBeDefined()
})

test('a key named like an object method is an unknown option, not a value', () => {
  expect(messageOf(() => load('{ "server": { "__proto__": { "port": 1 }, "constructor": 1 } }'))).toContain(
    'server.constructor: no such option',
  )
})

test('options are documented from their schema [CORE-CONFIG-04]', () => {
  expect(listOptions(store)).toEqual([
    {
      path: 'store.databaseUrl',
      section: 'store',
      keys: ['databaseUrl'],
      envNames: ['HEAVYLIFT_STORE_DATABASE_URL', 'DATABASE_URL'],
      type: 'string or null',
      description: 'PostgreSQL to use.',
      defaultValue: null,
      isSecret: true,
    },
    expect.objectContaining({ path: 'store.kind', type: '"disk" or "s3"', defaultValue: 'disk' }),
    expect.objectContaining({ path: 'store.tags', type: 'JSON', defaultValue: [] }),
  ])
  expect(listOptions(server).map((option) => option.path)).toContain('server.limits.bodyBytes')
})

test('a one-letter slip always finds its way back', () => {
  const known = ['server.port', 'store.databaseUrl', 'log.level', 'shop.sample']
  fc.assert(
    fc.property(
      fc.constantFrom(...known),
      fc.nat(),
      fc.constantFrom('drop', 'swap', 'double'),
      (name, at, how) => {
        const i = at % (name.length - 1)
        const slips = {
          drop: name.slice(0, i) + name.slice(i + 1),
          swap: name.slice(0, i) + name.charAt(i + 1) + name.charAt(i) + name.slice(i + 2),
          double: name.slice(0, i) + name.charAt(i) + name.slice(i),
        }
        expect(findNearest(slips[how as keyof typeof slips], known)).toBe(name)
      },
    ),
  )
  expect(findNearest('entirely different', known)).toBeNull()
})

test('a variable gives every kind of number: one of a few, one that may be unset [CORE-CONFIG-01]', () => {
  const schema = z.object({
    replicas: z.union([z.literal(1), z.literal(3)]).default(1),
    share: z.number().nullable().default(null),
    word: z.enum(['1', 'a']).default('a'),
  })
  const read = (env: Record<string, string>) =>
    loadConfig({ sections: [{ name: 'live', schema }], directory: tmpdir(), env }).section('live')
  expect(
    read({ HEAVYLIFT_LIVE_REPLICAS: '3', HEAVYLIFT_LIVE_SHARE: '0.5', HEAVYLIFT_LIVE_WORD: '1' }),
  ).toEqual({
    replicas: 3,
    share: 0.5,
    word: '1',
  })
  expect(messageOf(() => read({ HEAVYLIFT_LIVE_REPLICAS: '2' }))).toContain('HEAVYLIFT_LIVE_REPLICAS')
})
