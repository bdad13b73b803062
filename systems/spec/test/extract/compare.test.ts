import { expect, test } from 'vitest'
import { compare } from '../../src/evals/extract/compare.ts'
import type { Published } from '../../src/evals/extract/published.ts'
import { extractFiles } from '../packs/fixture.ts'

test('errors that code gives are counted apart from those that only the framework does, and parts of a path are compared by their place [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
app = FastAPI()
@app.get("/items/{item_id}")
def item(item_id: int):
    if item_id > 5:
        raise HTTPException(status_code=404)
    return {}
`,
  })
  const published: Published = {
    operations: [{ method: 'GET', path: '/items/{id}' }],
    parameters: new Map([['GET /items/{}', new Set(['id'])]]),
    statuses: new Map([['GET /items/{}', new Set([200, 404])]]),
    hasErrors: true,
    constraints: null,
    signIn: null,
    bases: [''],
    unlisted: new Set(),
  }
  const { errors, provedErrors, frameworkErrors, parameters } = compare(set.facts, published)
  expect(parameters).toEqual({ hits: 1, published: 1, found: 1 })
  expect(errors).toEqual({ hits: 1, published: 1, found: 2 })
  expect(provedErrors).toEqual({ hits: 1, published: 1, found: 1 })
  expect(frameworkErrors).toEqual({ hits: 0, published: 1, found: 1 })
})
