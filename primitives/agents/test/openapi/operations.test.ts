import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readData } from '../../src/import/import-file.ts'
import { ApiDocument } from '../../src/openapi/document.ts'
import { readOperations } from '../../src/openapi/operations.ts'
import type { ApiOperation } from '../../src/openapi/operations.ts'
import { requestOf } from '../../src/openapi/request.ts'
import { compileSchema } from '../../src/schema/compile-schema.ts'

const operations = (name: string): Map<string, ApiOperation> => {
  const value = readData(readFileSync(join(import.meta.dirname, '../../samples/openapi', name), 'utf8'))
  return new Map(
    readOperations(new ApiDocument(value)).operations.map((operation) => [operation.name, operation]),
  )
}

describe('an OpenAPI document', () => {
  it('gives each operation a schema of JSON Schema 2020-12 that stands by itself [AGENTS-OPENAPI-01]', async () => {
    const { input, output, servers, effect } = operations('shop.yaml').get('getOrder')!
    expect(servers).toEqual(['https://eu.shop.example/v1'])
    expect(effect).toBe('none')
    expect((await compileSchema(input)).check({ id: 'O-1', fields: ['id'], other: 1 })).toMatchObject([
      { path: '/other' },
    ])
    const answer = await compileSchema(output!)
    expect(answer.check({ id: 'O-1', note: null, parts: [{ id: 'O-2', parts: [] }] })).toEqual([])
    expect(answer.check({ id: 'O-1', parts: [{}] })).toMatchObject([{ path: '/parts/0' }])
  })

  it('takes an idempotency key out of the arguments: the edge fills it [AGENTS-OPENAPI-02]', async () => {
    const { input, keyHeader, effect } = operations('shop.yaml').get('payOrder')!
    expect([keyHeader, effect]).toEqual(['Idempotency-Key', 'outside'])
    const check = await compileSchema(input)
    expect(check.check({ id: '1', body: { amount: 0 } })).toMatchObject([
      { path: '/body/amount', expected: 'be more than 0' },
    ])
    expect(check.check({ id: '1', body: { amount: 1 } })).toEqual([])
  })

  it('of version 2 is read as well: bodies, forms, styles of lists', async () => {
    const found = operations('old.json')
    expect([...found.keys()]).toEqual(['listItems', 'addItem', 'upload'])
    expect((await compileSchema(found.get('addItem')!.input)).check({ body: { count: 'x' } })).toMatchObject([
      { path: '/body/count' },
    ])
    expect(requestOf(found.get('listItems')!, { tag: ['a', 'b|c'] }, 'https://w.example/api').url).toBe(
      'https://w.example/api/items?tag=a|b%7Cc',
    )
    expect(requestOf(found.get('upload')!, { body: { file: 'text' } }, '').headers['content-type']).toMatch(
      /^multipart\/form-data; boundary=/,
    )
  })

  it('sends arguments in their places: none can change path, host or headers [AGENTS-OPENAPI-03]', () => {
    const operation = operations('shop.yaml').get('getOrder')!
    const { url } = requestOf(
      operation,
      { id: '../../admin?x=1#', fields: ['a', 'b'], filter: { 'q&r': '1&2' } },
      'https://eu.shop.example/v1',
    )
    expect(url).toBe(
      'https://eu.shop.example/v1/orders/..%2F..%2Fadmin%3Fx%3D1%23?fields=a,b&filter%5Bq%26r%5D=1%262',
    )
    expect(requestOf(operation, { id: '..' }, 'https://s').url).toBe('https://s/orders/%2E%2E')
  })

  it('with faults still gives tools that can be used', async () => {
    const value = {
      swagger: '2.0',
      info: {},
      paths: {
        '/a/{id}': {
          get: {
            parameters: [
              { name: 'n', in: 'query', type: 'int', minimum: '3', required: 'yes', default: null },
              { $ref: '#/nowhere' },
              null,
            ],
          },
        },
        '/b': {
          post: {
            operationId: 'x y/z',
            parameters: [
              {
                in: 'body',
                name: 'b',
                schema: {
                  type: 'object',
                  required: true,
                  properties: { a: { $ref: 'other.yaml#/X' }, b: { allOf: [] } },
                },
              },
            ],
          },
          trace: {},
        },
      },
    }
    const { operations: found, left } = readOperations(new ApiDocument(value))
    expect(found.map(({ name }) => name)).toEqual(['get_a_id', 'x_y_z'])
    expect(left).toHaveLength(1)
    for (const { input } of found) await compileSchema(input)
    expect((await compileSchema(found[0]!.input)).check({ id: 1, n: 2 })).toMatchObject([
      { path: '/n', expected: 'be at least 3' },
    ])
  })
})
