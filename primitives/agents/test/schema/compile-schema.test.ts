import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile-schema.ts'

const order = {
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', pattern: '^O-\\d+$' },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
    pay: {
      anyOf: [
        { type: 'string', enum: ['cash'] },
        { type: 'object', required: ['card'], properties: { card: { type: 'string' } } },
      ],
    },
  },
  additionalProperties: false,
  $defs: { line: { type: 'object', properties: { count: { type: 'integer', minimum: 1 } } } },
}

describe('a JSON Schema', () => {
  it('says where a value is wrong and what was expected [AGENTS-SCHEMA-01]', async () => {
    const schema = await compileSchema(order)
    expect(schema.check({ id: 'O-1', lines: [{ count: 1 }], pay: { card: '4' } })).toEqual([])
    expect(schema.check({ id: 'O-x', lines: [{ count: 0 }, { count: 'two' }], colour: 1 })).toEqual([
      { path: '/id', expected: 'match /^O-\\d+$/', rule: '/properties/id/pattern' },
      { path: '/lines/0/count', expected: 'be at least 1', rule: '/$defs/line/properties/count/minimum' },
      { path: '/lines/1/count', expected: 'be a whole number', rule: '/$defs/line/properties/count/type' },
      { path: '/colour', expected: 'not be there; known are id, lines, pay', rule: '/additionalProperties' },
    ])
    expect(schema.check({})).toMatchObject([
      { path: '', expected: 'have the property "id"' },
      { path: '', expected: 'have the property "lines"' },
    ])
  })

  it('explains a choice by the form that fits best', async () => {
    const schema = await compileSchema(order)
    const pay = (value: unknown): unknown => schema.check({ id: 'O-1', lines: [{}], pay: value })
    expect(pay({ card: 4 })).toMatchObject([{ path: '/pay/card', expected: 'be a string' }])
    expect(pay(4)).toMatchObject([{ path: '/pay', expected: 'be a string, or be an object' }])
  })

  it('is read by the dialect it names, or the one that is said [AGENTS-SCHEMA-02]', async () => {
    const nullable = { type: 'string', nullable: true }
    const openapi = await compileSchema(nullable, { dialect: 'openapi-3.0' })
    expect(openapi.check(null)).toEqual([])
    expect((await compileSchema(nullable)).check(null)).toHaveLength(1)
    const draft4 = await compileSchema({
      $schema: 'http://json-schema.org/draft-04/schema#',
      minimum: 3,
      exclusiveMinimum: true,
    })
    expect(draft4.check(3)).toHaveLength(1)
    const draft7 = await compileSchema({ items: [{ type: 'string' }] }, { dialect: 'draft-07' })
    expect(draft7.check([1])).toMatchObject([{ path: '/0' }])
    await expect(compileSchema({ $schema: 'https://example.com/mine' })).rejects.toMatchObject({
      code: 'schema-invalid',
    })
  })

  it('refuses what is no schema, and says which part', async () => {
    await expect(compileSchema({ properties: { a: { type: 'text' } } })).rejects.toMatchObject({
      code: 'schema-invalid',
      message: expect.stringContaining('/properties/a/type'),
    })
    await expect(compileSchema({ $ref: '#/$defs/nowhere' })).rejects.toMatchObject({ code: 'schema-invalid' })
  })

  it('fetches nothing and reads no file, whatever its references say [AGENTS-SCHEMA-03]', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.setHeader('content-type', 'application/schema+json').end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      for (const $ref of [`http://127.0.0.1:${port}/a`, `file://${import.meta.filename}`, '/etc/hostname'])
        await expect(compileSchema({ $ref })).rejects.toMatchObject({ code: 'schema-invalid' })
      expect(asked).toBe(0)
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it('cannot change what other schemas mean', async () => {
    const standard = 'https://json-schema.org/draft/2020-12/schema'
    const hostile = {
      $id: standard,
      $vocabulary: { 'https://json-schema.org/draft/2020-12/vocab/core': true },
    }
    for (const schema of [hostile, { $defs: { a: hostile } }, { $id: standard, type: 'null' }])
      await compileSchema(schema).catch(() => null)
    expect((await compileSchema({ type: 'string' })).check(1)).toHaveLength(1)
    await expect(compileSchema({ type: 'text' })).rejects.toMatchObject({ code: 'schema-invalid' })
  })

  it('runs patterns in linear time, and names those it does not check [AGENTS-SCHEMA-04]', async () => {
    const text = `${'a'.repeat(50_000)}!`
    const evil = await compileSchema({ pattern: '^(a+)+$', patternProperties: { '^(a|a)*$': {} } })
    expect(evil.check(text)).toHaveLength(1)
    const ahead = await compileSchema({ properties: { a: { pattern: '^(?!x)' } } })
    expect(ahead.uncheckedPatterns).toEqual(['^(?!x)'])
    expect(ahead.check({ a: 'x' })).toEqual([])
  })

  it('knows properties by patterns where others are refused', async () => {
    const schema = await compileSchema({
      patternProperties: { '^x-': { type: 'number' } },
      additionalProperties: false,
    })
    expect(schema.check({ 'x-a': 1 })).toEqual([])
    expect(schema.check({ 'x-a': '1', b: 1 })).toMatchObject([
      { path: '/x-a', expected: 'be a number' },
      { path: '/b', expected: 'not be there' },
    ])
    const closed = await compileSchema({ patternProperties: { '^x-': {} }, unevaluatedProperties: false })
    expect(closed.check({ 'x-a': 1 })).toEqual([])
  })
})
