import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compare } from '../../src/evals/extract/compare.ts'
import { readPublished } from '../../src/evals/extract/published.ts'
import type { Published } from '../../src/evals/extract/published.ts'
import { extractFiles } from '../packs/fixture.ts'

test('errors that code gives are counted apart from those that only the framework does, and parts of a path are compared by their place [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
app = FastAPI()
@app.get("/items/{item_id}")
def item(item_id: int, size: int = 1):
    if size <= 0:
        raise HTTPException(status_code=400)
    if item_id > 5:
        raise HTTPException(status_code=404)
    return {}
`,
  })
  const published: Published = {
    operations: [{ method: 'GET', path: '/items/{id}' }],
    parameters: new Map([['GET /items/{}', new Set(['id', 'size'])]]),
    statuses: new Map([['GET /items/{}', new Set([200, 400, 404])]]),
    hasErrors: true,
    constraints: new Map([['GET /items/{}', new Set(['size minimum 1'])]]),
    signIn: null,
    bases: [''],
    unlisted: new Set(),
  }
  const { errors, provedErrors, frameworkErrors, parameters, constraints } = compare(set.facts, published)
  expect(parameters).toEqual({ hits: 2, published: 2, found: 2 })
  expect(errors).toEqual({ hits: 2, published: 2, found: 3 })
  expect(provedErrors).toEqual({ hits: 2, published: 2, found: 2 })
  expect(frameworkErrors).toEqual({ hits: 0, published: 2, found: 1 })
  // More than 0 is 1 at least.
  expect(constraints).toEqual({ hits: 1, published: 1, found: 1 })
})

test('a schema of a description asks what its parts ask, and what may be missing asks what it has to be where it is there [SPEC-EXTRACT-03]', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'spec-'))
  const kinds = { type: 'string', enum: ['sail', 'motor'] }
  const fields = {
    type: 'object',
    properties: {
      kind: { allOf: [{ $ref: '#/components/schemas/Kind' }] },
      length: { anyOf: [{ type: 'integer', minimum: 3 }, { type: 'null' }] },
      mast: { oneOf: [{ type: 'string', maxLength: 9 }, { enum: ['', null] }] },
      crew: {
        anyOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', minLength: 1 },
        ],
      },
    },
  }
  const schema = { allOf: [fields, { required: ['kind'] }] }
  await writeFile(
    join(dir, 'openapi.json'),
    JSON.stringify({
      openapi: '3.1.0',
      components: { schemas: { Kind: kinds } },
      paths: { '/boats': { post: { requestBody: { content: { 'application/json': { schema } } } } } },
    }),
  )
  const published = await readPublished(dir)
  await rm(dir, { recursive: true })
  expect([...(published?.constraints?.get('POST /boats') ?? [])].toSorted()).toEqual([
    'kind enum motor|sail',
    'kind required true',
    'length minimum 3',
    'mast maxLength 9',
  ])
})
