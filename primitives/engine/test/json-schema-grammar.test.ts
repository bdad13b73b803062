import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonSchemaGrammar } from '../src/grammar/json-schema-grammar.ts'
import { integerGrammar, numberGrammar } from '../src/grammar/number-grammar.ts'

/** GBNF without recursion as a regular expression: strings and classes stay, names become their rules. */
function regexOf(expression: string, rules = new Map<string, string>()): string {
  let result = ''
  const tokens = expression.matchAll(
    /"((?:[^"\\]|\\.)*)"|(\[(?:[^\]\\]|\\.)*\])|([a-z][a-z0-9-]*)|(\{\d*,?\d*\}|[()|*+?])|\s+/g,
  )
  for (const [, text, set, name, sign] of tokens) {
    if (text !== undefined) {
      const plain = text.replaceAll(/\\(.)/g, '$1')
      result += `(?:${plain.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')})`
    } else if (set !== undefined) result += set
    else if (name !== undefined) result += `(?:${regexOf(rules.get(name) ?? '', rules)})`
    else if (sign !== undefined) result += sign === '(' ? '(?:' : sign
  }
  return result
}

function accepts(schema: Record<string, unknown>): (text: string) => boolean {
  const rules = new Map(
    jsonSchemaGrammar(schema)
      .split('\n')
      .map((line): [string, string] => {
        const at = line.indexOf(' ::= ')
        return [line.slice(0, at), line.slice(at + 5)]
      }),
  )
  for (const recursive of ['value', 'member', 'object', 'array']) rules.set(recursive, '"?"')
  const regex = new RegExp(`^(?:${regexOf('root', rules)})$`, 'u')
  return (text) => regex.test(text)
}

describe('numbers', () => {
  const bound = fc.integer({ min: -12_345, max: 12_345 })

  test('an integer is written exactly when it lies within its bounds', () =>
    fc.assert(
      fc.property(bound, bound, fc.array(bound, { minLength: 20, maxLength: 40 }), (a, b, values) => {
        const [minimum, maximum] = a < b ? [a, b] : [b, a]
        const regex = new RegExp(`^(?:${regexOf(integerGrammar({ minimum, maximum }) ?? '')})$`)
        for (const value of [...values, minimum, maximum, minimum - 1, maximum + 1, 0]) {
          expect(regex.test(String(value))).toBe(value >= minimum && value <= maximum)
        }
      }),
    ))

  test('bounds on one side leave the other open', () => {
    const least = new RegExp(`^(?:${regexOf(integerGrammar({ minimum: 17 }) ?? '')})$`)
    expect(['17', '99', '100', '123456789'].every((text) => least.test(text))).toBe(true)
    expect(['16', '9', '-17', '017'].some((text) => least.test(text))).toBe(false)
    const positive = new RegExp(`^(?:${regexOf(integerGrammar({ exclusiveMinimum: 0 }) ?? '')})$`)
    expect(positive.test('0')).toBe(false)
    expect(positive.test('1')).toBe(true)
  })

  test('whatever number is written lies within its bounds', () =>
    fc.assert(
      fc.property(
        fc.record(
          {
            minimum: fc.integer({ min: -99, max: 99 }),
            maximum: fc.integer({ min: -99, max: 99 }),
            exclusiveMinimum: fc.integer({ min: -99, max: 99 }),
            exclusiveMaximum: fc.double({ min: -99, max: 99, noNaN: true }),
          },
          { requiredKeys: [] },
        ),
        fc.array(fc.double({ min: -110, max: 110, noNaN: true }), { minLength: 50, maxLength: 50 }),
        (bounds, values) => {
          const grammar = numberGrammar(bounds)
          if (grammar === null) return
          const regex = new RegExp(`^(?:${regexOf(grammar)})$`)
          for (const value of [...values, ...values.map(Math.round), ...Object.values(bounds)]) {
            if (!regex.test(String(value))) continue
            expect(value).toBeGreaterThanOrEqual(bounds.minimum ?? -Infinity)
            expect(value).toBeLessThanOrEqual(bounds.maximum ?? Infinity)
            expect(value).toBeGreaterThan(bounds.exclusiveMinimum ?? -Infinity)
            expect(value).toBeLessThan(bounds.exclusiveMaximum ?? Infinity)
          }
        },
      ),
    ))
})

describe('schemas', () => {
  test('required members come, optional ones may, others never do', () => {
    const isText = accepts({
      type: 'object',
      properties: { a: { type: 'boolean' }, b: { type: 'null' }, c: { enum: [1, 'x"y'] } },
      required: ['b'],
    })
    expect(isText('{"b":null}')).toBe(true)
    expect(isText('{"b": null, "a": true, "c": "x\\"y"}')).toBe(true)
    expect(isText('{"b":null,"c":1}')).toBe(true)
    expect(isText('{"a":true}')).toBe(false)
    expect(isText('{"b":null,"d":1}')).toBe(false)
  })

  test('an object of optional members may begin with any of them', () => {
    const isText = accepts({
      type: 'object',
      properties: { a: { type: 'null' }, b: { type: 'null' } },
      additionalProperties: false,
    })
    for (const text of ['{}', '{"a":null}', '{"b":null}', '{"a":null,"b":null}'])
      expect(isText(text)).toBe(true)
    expect(isText('{"a":null,}')).toBe(false)
  })

  test('lists keep their length', () => {
    const isText = accepts({ type: 'array', items: { const: 1 }, minItems: 1, maxItems: 3 })
    expect(['[1]', '[1,1]', '[1, 1, 1]'].every(isText)).toBe(true)
    expect(['[]', '[1,1,1,1]', '[1 1]'].some(isText)).toBe(false)
  })

  test('strings keep their length and hold no raw control characters', () => {
    const isText = accepts({ type: 'string', minLength: 2, maxLength: 4 })
    expect(['"ab"', '"abcd"', '"\\u0041é"', '"\\\\\\""'].every(isText)).toBe(true)
    expect(['"a"', '"abcde"', '"a\nb"', '"a"b"'].some(isText)).toBe(false)
  })

  test('references, choices and merged objects are followed', () => {
    const isText = accepts({
      type: 'object',
      properties: {
        size: { $ref: '#/$defs/size' },
        both: { allOf: [{ $ref: '#/$defs/base' }, { type: 'object', properties: { y: { const: 2 } } }] },
        either: { anyOf: [{ type: 'null' }, { type: ['boolean', 'integer'] }] },
      },
      required: ['size', 'both', 'either'],
      $defs: {
        size: { enum: ['S', 'M'] },
        base: { type: 'object', properties: { x: { const: 1 } }, required: ['x'] },
      },
    })
    expect(isText('{"size":"M","both":{"x":1,"y":2},"either":false}')).toBe(true)
    expect(isText('{"size":"M","both":{"x":1},"either":-7}')).toBe(true)
    expect(isText('{"size":"L","both":{"x":1},"either":null}')).toBe(false)
  })

  test('a schema that contains itself is a grammar that does', () => {
    const grammar = jsonSchemaGrammar({
      type: 'object',
      properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } },
      required: ['next'],
    })
    expect(grammar).toContain('root ::= r0')
    expect(grammar.split('\n').find((line) => line.startsWith('r3 ::='))).toContain('r0')
  })

  test.each([
    [{ type: 'string', pattern: '^a' }, '$.pattern'],
    [{ type: 'object', properties: { a: { not: {} } } }, '$.a.not'],
    [{ type: 'array', uniqueItems: true }, '$.uniqueItems'],
    [{ type: 'integer', minimum: 5, maximum: 4 }, '$'],
    [{ $ref: '#/nowhere' }, 'nowhere'],
    [{ type: 'thing' }, '"thing"'],
  ])('%j cannot be held and is refused with its place', (schema, place) => {
    expect(() => jsonSchemaGrammar(schema)).toThrow(place)
  })
})
