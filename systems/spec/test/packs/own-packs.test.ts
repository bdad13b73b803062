import { expect, test } from 'vitest'
import { extractFiles, summarize } from './fixture.ts'

const pack = {
  framework: 'House routes',
  language: 'javascript',
  insteadOf: ['Express'],
  uses: '^@house/http$',
  functions: { '@house/http.endpoint': { does: 'object', arg: 0, keys: ['answer'] } },
  prefixes: [{ files: '^services/([^/]+)/.*$', prefix: '/$1' }],
  access: { key: 'who', everybody: 'anyone' },
  syntax: 'colon',
  parameters: ['house:request'],
  inputs: { 'house:request.query': 'query', 'house:request.body': 'body' },
  errors: { '@house/http.Missing': 404 },
  returns: { status: 200, isBody: true, emptyStatus: 204 },
}
const files = {
  'http/package.json': '{ "name": "@house/http" }',
  'http/src/index.ts':
    'export const endpoint = (given: object) => given\nexport class Missing extends Error {}\n',
  'services/loans/routes.ts': `import { endpoint } from '@house/http'
import { Missing } from '@house/errors'
export const routes = (loans: Map<string, object>) => [
  endpoint({ method: 'get', path: '/open/:id', who: 'member', answer: ({ query: { since } }) => {
    const loan = loans.get(since)
    if (!loan) throw new Missing('no loan')
    return loan
  } }),
  endpoint({ method: 'delete', path: '/open/:id', who: 'anyone', answer: () => null }),
]
`,
  'services/loans/old.ts': `import express from 'express'\nexpress().get('/old', (req, res) => res.json({}))\n`,
  '.heavylift-spec/packs/house.json': JSON.stringify({
    ...pack,
    errors: { '@house/errors.Missing': 404 },
  }),
}

test('a pack of the repository itself reads the routes of its own framework, with prefix, access, inputs and errors [SPEC-PACKS-02]', async () => {
  const extraction = await extractFiles(files)
  const found = summarize(extraction)
  expect(found.operations).toEqual(['DELETE /loans/open/{id}', 'GET /loans/open/{id}'])
  expect(found.statuses).toEqual({ 'DELETE /loans/open/{id}': [204], 'GET /loans/open/{id}': [200, 404] })
  expect(found.parameters['GET /loans/open/{id}']).toEqual(['path id', 'query since'])
  expect(
    extraction.set.facts.flatMap((fact) => (fact.kind === 'guard' ? [[fact.guard, fact.roles]] : [])),
  ).toEqual([['role', ['member']]])
})

test('a pack that says what no pack says is refused with its file [SPEC-PACKS-02]', async () => {
  const wrong = {
    ...files,
    '.heavylift-spec/packs/house.json': JSON.stringify({ ...pack, uses: '(', rules: 1 }),
  }
  await expect(extractFiles(wrong)).rejects.toMatchObject({
    code: 'pack-invalid',
    message: expect.stringMatching(/house\.json[\s\S]*rules/) as string,
  })
})

test('only what read.json names is read, and what it leaves out is not [SPEC-EXTRACT-08]', async () => {
  const { set } = await extractFiles({
    ...files,
    '.heavylift-spec/read.json': '{ "read": ["services/**"], "leaveOut": ["**/routes.ts"] }',
  })
  expect(set.facts).toEqual([])
  await expect(extractFiles({ '.heavylift-spec/read.json': '[]' })).rejects.toMatchObject({
    code: 'read-scope-invalid',
  })
})
