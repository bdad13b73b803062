import { route } from '@heavylift/core'
import type { Route } from '@heavylift/core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from '../src/openapi/openapi-document.ts'
import { testApp } from './support/test-app.ts'

const options = { version: '1.2.3', server: 'http://127.0.0.1:4280' }

type Document = {
  paths: Record<string, Record<string, Record<string, unknown>>>
  components: { schemas: Record<string, unknown> }
}

function documentOf(...routes: Route[]): Document {
  const part = { name: 'demo', prefix: '/api/demo', app: null, routes }
  return openApiDocument([part], options) as Document
}

async function validity(document: object): Promise<unknown> {
  // The validator changes what it is given.
  const result = await new Validator().validate(
    JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
  )
  return result.valid ? 'valid' : result.errors
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 for every kind of route [SERVER-OPENAPI-01]', async () => {
    const { systems, ownParts } = await testApp()
    const document = openApiDocument([...ownParts, ...systems], options)
    expect(await validity(document)).toBe('valid')
    expect(document['openapi']).toBe('3.1.0')
  })

  it('describes parameters, body, answer and who may call', async () => {
    const { systems } = await testApp()
    const { paths } = openApiDocument(systems, options) as Document
    expect(paths['/api/notes/notes']?.['get']).toMatchObject({
      operationId: 'notes_get_notes',
      security: [{ key: [] }],
      'x-heavylift-access': 'storefront',
      parameters: [
        {
          name: 'limit',
          in: 'query',
          required: false,
          description: 'At most.',
          schema: { type: 'integer', minimum: 1, maximum: 10, default: 5 },
        },
      ],
    })
    expect(paths['/api/notes/notes/{noteId}']?.['get']?.['parameters']).toEqual([
      { name: 'noteId', in: 'path', required: true, schema: { type: 'string' } },
    ])
    expect(paths['/api/notes/script.js']?.['get']?.['security']).toEqual([])
  })

  it('says what the wire sees of a transform: the input of a request, the output of an answer', () => {
    const trimmed = z.object({ at: z.string().transform((text) => text.length) })
    const { paths } = documentOf(
      route({
        method: 'post',
        path: '/x',
        summary: 'x',
        access: 'public',
        body: trimmed,
        handle: () => null,
      }),
    )
    const body = paths['/api/demo/x']?.['post']?.['requestBody']
    expect(body).toMatchObject({
      content: { 'application/json': { schema: { properties: { at: { type: 'string' } } } } },
    })
  })

  it('moves recursive and named schemas into components and points there', async () => {
    interface Tree {
      children: Tree[]
    }
    const tree: z.ZodType<Tree> = z.object({
      get children() {
        return z.array(tree)
      },
    })
    const money = z.object({ amount: z.string() }).meta({ id: 'Money' })
    const response = z.object({ tree, price: money, was: money })
    const make = (path: string, schema: z.ZodType) =>
      route({ method: 'get', path, summary: 'x', access: 'public', response: schema, handle: () => null })
    const document = documentOf(make('/a', response), make('/b', tree), make('/c', money))
    expect(await validity(document)).toBe('valid')
    expect(document.components.schemas['Money']).toMatchObject({ properties: { amount: { type: 'string' } } })
    for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)) {
      expect(pointer).toMatch(/^#\/components\/schemas\//)
      expect(Object.keys(document.components.schemas)).toContain(pointer?.split('/').at(-1))
    }
  })

  it('lists the fields of a union of queries as optional', () => {
    const query = z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])
    const { paths } = documentOf(
      route({ method: 'get', path: '/u', summary: 'x', access: 'public', query, handle: () => null }),
    )
    expect(paths['/api/demo/u']?.['get']?.['parameters']).toMatchObject([
      { name: 'a', required: false },
      { name: 'b', required: false },
    ])
  })
})
