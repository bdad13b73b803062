import { expect, test } from 'vitest'
import fc from 'fast-check'
import { HeavyliftError } from '../src/index.ts'
import { createLogger } from '../src/runtime/index.ts'
import { redactFields, redactOption, redactText } from '../src/runtime/redact.ts'

function capture(level: 'debug' | 'info' | 'warn' | 'error' = 'info') {
  const lines: string[] = []
  const log = createLogger({ level, destination: { write: (line) => void lines.push(line) }, nowMs: () => 0 })
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('a line is one JSON object with time, level, fields and message [CORE-LOG-01]', () => {
  const { log, lines, parsed } = capture()
  log.child({ system: 'shop' }).info({ rows: 3 }, 'imported')
  expect(parsed()).toEqual([
    { level: 'info', time: '1970-01-01T00:00:00.000Z', system: 'shop', rows: 3, msg: 'imported' },
  ])
  expect(lines[0]?.endsWith('\n')).toBe(true)
})

test('a grandchild overrides its parent’s field, and the line holds it once', () => {
  const { log, lines } = capture()
  log.child({ system: 'store' }).child({ system: 'shop' }).info({}, 'x')
  expect(lines[0]?.match(/"system"/g)).toHaveLength(1)
  expect(lines[0]).toContain('"system":"shop"')
})

test('lines below the level are not written', () => {
  const { log, lines } = capture('warn')
  log.debug({}, 'a')
  log.info({}, 'b')
  log.warn({}, 'c')
  log.error({}, 'd')
  expect(lines).toHaveLength(2)
})

test('secrets are masked by key at any depth, in texts and in child fields [CORE-LOG-02]', () => {
  const { log, lines } = capture()
  log.child({ apiKey: 'planted-1' }).info(
    {
      headers: { Authorization: 'planted-2', cookie: ['planted-3'] },
      url: 'postgres://user:planted-4@host/db',
      nested: [{ clientSecret: 'planted-5', access_token: 'planted-6' }],
    },
    'called with Bearer planted-789abc',
  )
  expect(lines.join()).not.toContain('planted')
  expect(lines.join()).toContain('postgres://user:[redacted]@host/db')
})

test('counts of tokens stay', () => {
  expect(redactFields({ promptTokens: 12, token: null, isToken: true })).toEqual({
    promptTokens: 12,
    token: null,
    isToken: true,
  })
})

test('an error is logged with its code, stack and causes, without their secrets [CORE-LOG-02]', () => {
  const { log, parsed } = capture()
  const cause = new Error('connect postgres://u:planted@h failed')
  log.error({ err: new HeavyliftError({ code: 'db-down', message: 'no database', cause }) }, 'failed')
  const [line] = parsed()
  expect(line).toMatchObject({
    err: {
      code: 'db-down',
      message: 'no database',
      cause: { message: 'connect postgres://u:[redacted]@h failed' },
    },
  })
  expect(JSON.stringify(line)).not.toContain('planted')
})

test('a cycle does not stop a line from being written', () => {
  const { log, parsed } = capture()
  const fields: Record<string, unknown> = { a: 1 }
  fields['self'] = fields
  log.info(fields, 'x')
  expect(parsed()[0]).toMatchObject({ a: 1, self: { self: '[circular]' } })
})

test('no secret-keyed text survives, whatever surrounds it [CORE-LOG-02]', () => {
  const key = fc.constantFrom(
    'password',
    'dbPassword',
    'token',
    'x-api-key',
    'clientSecret',
    'AUTHORIZATION',
    'cookies',
  )
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 4 }), key, fc.boolean(), (path, name, inArray) => {
      const secret = 'S3CRET-VALUE'
      let value: unknown = { [name]: inArray ? [secret] : secret }
      for (const step of path) value = { [step]: value }
      expect(JSON.stringify(redactFields(value)) ?? '').not.toContain(secret)
    }),
  )
})

test('ordinary text is left alone', () => {
  expect(redactText('see https://example.com/a:b and 12:30')).toBe('see https://example.com/a:b and 12:30')
})

test.each([
  [
    'nats://user:pass@nats-1:4222,nats://user:pass@nats-2:4222',
    'nats://user:[redacted]@nats-1:4222,nats://user:[redacted]@nats-2:4222',
  ],
  ['nats://T0KEN@nats:4222', 'nats://[redacted]@nats:4222'],
  ['https://AKID:s3cr/et+key@s3.example.com/bucket', 'https://AKID:[redacted]@s3.example.com/bucket'],
  ['postgres://app:p@ss/w:rd@db:5432/heavylift', 'postgres://app:[redacted]@db:5432/heavylift'],
  [
    'postgres://db/heavylift?user=app&password=hush&ssl=1',
    'postgres://db/heavylift?user=app&password=[redacted]&ssl=1',
  ],
  [
    'https://b.s3.amazonaws.com/k?X-Amz-Signature=abc&x=1',
    'https://b.s3.amazonaws.com/k?X-Amz-Signature=[redacted]&x=1',
  ],
  ['http://localhost:4280/@vite/client', 'http://localhost:4280/@vite/client'],
  ['https://example.com/@scope/pkg?page=2', 'https://example.com/@scope/pkg?page=2'],
])('%s is shown as %s [CORE-LOG-02]', (address, shown) => {
  expect(redactText(address)).toBe(shown)
  expect(redactOption('servers', { any: [address] }, false)).toEqual({ any: [shown] })
})

test('an option that is secret, or whose name says so, shows nothing [CORE-LOG-02]', () => {
  expect(redactOption('adminKey', 'plain', true)).toBe('[redacted]')
  expect(redactOption('natsPassword', 'plain', false)).toBe('[redacted]')
  expect(redactOption('secretAccessKey', 'plain', false)).toBe('[redacted]')
  expect([redactOption('adminKey', null, true), redactOption('port', 4280, false)]).toEqual([null, 4280])
})
