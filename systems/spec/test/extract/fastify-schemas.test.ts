import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a schema of Fastify that others name by its id, or a part of it, says what is taken [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"fastify":"5.0.0"}}',
    'app.js': `
const app = require('fastify')()
app.addSchema({
  $id: 'paging',
  type: 'object',
  properties: { page: { type: 'integer', minimum: 1 }, size: { type: 'integer' } },
  required: ['page'],
})
app.addSchema({ $id: 'https://kites.test/kite.json', type: 'object', properties: { colour: { type: 'string', maxLength: 9 } } })
app.post('/kites', {
  schema: {
    querystring: { $ref: 'paging#' },
    body: {
      type: 'object',
      required: ['first'],
      properties: {
        first: { $ref: 'https://kites.test/kite.json' },
        tone: { $ref: 'https://kites.test/kite.json#/properties/colour' },
      },
    },
  },
}, async () => ({}))
app.listen({ port: 80 })
`,
  })
  expect(
    factsOf(set.facts, 'parameter').map(({ name, isRequired, shape }) => [name, isRequired, shape.type]),
  ).toEqual([
    ['page', true, 'integer'],
    ['size', false, 'integer'],
  ])
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toMatchObject([
    {
      fields: [
        {
          name: 'first',
          isRequired: true,
          shape: { fields: [{ name: 'colour', shape: { type: 'string' } }] },
        },
        { name: 'tone', shape: { type: 'string' }, constraints: [{ keyword: 'maxLength', value: 9 }] },
      ],
    },
  ])
})
