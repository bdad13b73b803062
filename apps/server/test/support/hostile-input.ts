import fc from 'fast-check'
import { z } from 'zod'

type Schema = Record<string, unknown>
type Arbitrary = fc.Arbitrary<unknown>

/** Stands for a number in JSON text that JavaScript has no literal for; `toJson` writes it. */
const beyondEveryNumber = -1.2345e300

/** What a client may send in place of what a route asks for. */
const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\u202e',
  '\ufeff',
  '🙂'.repeat(50),
  'x'.repeat(5_000),
  '%',
  '%00',
  '*',
  '(',
  '[',
  '\\',
  '\\u0000',
  '../../etc/passwd',
  "'; drop table product; --",
  '$1',
  '{{x}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '0x10',
  '-0',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e308',
  '-1e308',
  '1e999',
  '5e-324',
  '9007199254740993',
  '1'.repeat(40),
  '2026-13-45',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '2026-02-30',
  '24:00:60',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'http://[::ffff:127.0.0.1]/',
  'main',
  ...[[1e308, 'x'], { at: '2026-13-45', id: '\0' }, { offset: -1 }, null].map((cursor) =>
    Buffer.from(JSON.stringify(cursor)).toString('base64url'),
  ),
  '1e308|\0',
  '99999999999999:x',
  '-1',
  '1.5',
  ',,,',
  '='.repeat(10),
  'a=1e308,b=NaN',
]
const hostileNumbers = [
  0,
  -0,
  -1,
  1.5,
  5e-324,
  1e15,
  8.64e15,
  1e22,
  1e308,
  -1e308,
  beyondEveryNumber,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  2 ** 63,
]
const hostileText = fc.constantFrom(...hostileTexts)
const hostile: Arbitrary = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 4, arbitrary: fc.constantFrom(...hostileNumbers) },
  fc.constantFrom(null, true, [], {}, [[]], [null], { '': '' }, { '\0': 1 }, { '\ud800': [] }),
  fc.constant(JSON.parse('{"__proto__":{"x":1},"constructor":null,"length":-1}') as unknown),
  // Deeper than any parser should follow.
  fc.constant(nested(2_000)),
  fc.anything({ withNullPrototype: false, maxDepth: 2 }).map(plain),
)

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

/** Without what JSON has no word for. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null') as unknown
  } catch {
    return null
  }
}

/** JSON text of generated input, numbers beyond every number included. */
export function toJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replaceAll(String(beyondEveryNumber), '1e999')
}

export interface HostileOptions {
  /** Real ids by the names of the fields that take them; used half of the time. */
  ids: Readonly<Record<string, string>>
  /** How many of a hundred values are hostile. */
  percent: number
}

/** Input that mostly fits a schema, with hostile values, foreign fields and left-out ones here and there. */
export function hostileInput(schema: z.ZodType, options: HostileOptions): Arbitrary {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
  return inputOf(root, root, options, '', 0)
}

function inputOf(
  schema: Schema,
  root: Schema,
  options: HostileOptions,
  name: string,
  depth: number,
): Arbitrary {
  const fitting = fittingInput(schema, root, options, depth)
  const id = options.ids[name]
  return fc.oneof(
    { weight: options.percent, arbitrary: hostile },
    { weight: id === undefined ? 0 : 100, arbitrary: fc.constant(id) },
    { weight: 100 - options.percent, arbitrary: fitting },
  )
}

function fittingInput(schema: Schema, root: Schema, options: HostileOptions, depth: number): Arbitrary {
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  if (depth > 6) return fc.constant(null)
  if (typeof schema['$ref'] === 'string') {
    const definition = schema['$ref'].split('/').at(-1) ?? ''
    const target =
      ((root['$defs'] ?? {}) as Record<string, Schema>)[definition] ?? (schema['$ref'] === '#' ? root : {})
    return fittingInput(target, root, options, depth + 1)
  }
  const branches = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as Schema[] | undefined
  if (branches && branches.length > 0) {
    return fc.oneof(...branches.map((branch) => fittingInput(branch, root, options, depth + 1)))
  }
  const types = [schema['type']].flat() as (string | undefined)[]
  return fc.oneof(...types.map((type) => typedInput(type, schema, root, options, depth)))
}

function typedInput(
  type: string | undefined,
  schema: Schema,
  root: Schema,
  options: HostileOptions,
  depth: number,
): Arbitrary {
  if (type === 'object') return objectInput(schema, root, options, depth)
  if (type === 'array') {
    const prefix = schema['prefixItems'] as Schema[] | undefined
    if (prefix) return fc.tuple(...prefix.map((item) => inputOf(item, root, options, '', depth + 1)))
    const minLength = Math.min(Number(schema['minItems'] ?? 0), 20)
    const items = inputOf((schema['items'] ?? {}) as Schema, root, options, '', depth + 1)
    return fc.array(items, {
      minLength,
      maxLength: Math.min(minLength + 2, Number(schema['maxItems'] ?? 1_000)),
    })
  }
  if (type === 'string') return textInput(schema)
  if (type === 'integer' || type === 'number') return numberInput(schema, type === 'integer')
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return fc.oneof(hostile, fc.integer({ min: 0, max: 30 }), fc.string({ maxLength: 10 }), fc.constant({}))
}

function objectInput(schema: Schema, root: Schema, options: HostileOptions, depth: number): Arbitrary {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const required = new Set((schema['required'] ?? []) as string[])
  const fields = Object.entries(properties).map(([name, inner]) => {
    const value = inputOf(inner, root, options, name, depth + 1)
    const left = fc.tuple(fc.integer({ min: 1, max: 100 }), value)
    const most = required.has(name) ? 97 : 50
    return left.map(([chance, given]): [string, unknown][] => (chance <= most ? [[name, given]] : []))
  })
  const more = schema['additionalProperties']
  const others =
    typeof more === 'object' && more !== null
      ? fc.array(
          fc.tuple(
            fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), hostileText),
            inputOf(more as Schema, root, options, '', depth + 1),
          ),
          { maxLength: 2 },
        )
      : fc.constant<[string, unknown][]>([])
  return fc
    .tuple(fc.tuple(...fields), others)
    .map(([known, unknown]) => Object.fromEntries([...known.flat(), ...unknown]))
}

function textInput(schema: Schema): Arbitrary {
  if (schema['format'] === 'date-time')
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  if (schema['format'] === 'uri') return fc.webUrl()
  if (typeof schema['pattern'] === 'string') {
    try {
      return fc.stringMatching(new RegExp(schema['pattern']))
    } catch {
      return hostileText
    }
  }
  const minLength = Math.min(Number(schema['minLength'] ?? 0), 500)
  const maxLength = Math.max(minLength, Math.min(Number(schema['maxLength'] ?? 20), 20))
  return fc.oneof(
    fc.string({ minLength, maxLength, unit: 'grapheme' }),
    fc.constantFrom('red boots under $50', 'demo', 'nfl', '2026-01-01T00:00:00Z', '10'),
  )
}

function numberInput(schema: Schema, isWhole: boolean): Arbitrary {
  const least = Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? -1e9)
  const most = Math.max(least, Number(schema['maximum'] ?? schema['exclusiveMaximum'] ?? 1e9))
  // Small ones as a rule, so that nothing is made in thousands; the bounds too.
  const small = Math.min(most, Math.max(least, 1) + 20)
  const edge = fc.constantFrom(least, most)
  if (isWhole)
    return fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: Math.max(Math.ceil(least), -100), max: Math.floor(small) }) },
      edge,
    )
  return fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: Math.max(least, -100), max: small, noNaN: true }) },
    edge,
  )
}

/** A value that fits, with hostile ones put into it: at any place, as a field too many, or as one left out. */
export function hostileJson(sample: unknown, options: HostileOptions): Arbitrary {
  const mutated = Array.isArray(sample)
    ? fc.tuple(...sample.map((item) => hostileJson(item, options)))
    : typeof sample === 'object' && sample !== null
      ? fc
          .tuple(
            ...Object.entries(sample).map(([name, value]) =>
              fc
                .tuple(fc.integer({ min: 1, max: 100 }), hostileJson(options.ids[name] ?? value, options))
                .map(([chance, given]): [string, unknown][] => (chance <= 97 ? [[name, given]] : [])),
            ),
          )
          .map((fields) => Object.fromEntries(fields.flat()))
      : fc.constant(sample)
  return fc.oneof(
    { weight: Math.ceil(options.percent / 3), arbitrary: hostile },
    { weight: 100 - Math.ceil(options.percent / 3), arbitrary: mutated },
  )
}
