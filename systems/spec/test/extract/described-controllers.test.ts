import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = {
  'package.json': '{"dependencies":{"express":"4.0.0","swagger-express-mw":"0.7.0"}}',
  'api/swagger/swagger.yaml': `
swagger: '2.0'
info: { title: Kites, version: '1' }
basePath: /v1
paths:
  /kites/{id}:
    x-swagger-router-controller: kites
    get:
      operationId: one
      parameters:
        - { name: id, in: path, required: true, type: string }
        - { name: colour, in: query, type: string }
      responses: { '200': { description: A kite } }
    delete:
      operationId: cut
      parameters:
        - { name: id, in: path, required: true, type: string }
      responses: { '204': { description: Gone } }
`,
  'api/controllers/kites.js': `
module.exports = { one, cut }
function one(req, res) {
  if (!req || !res) throw new Error('Give both.')
  if (!sky.has(req.swagger.params.id.value)) return res.status(404).json({ message: 'No kite.' })
  res.json({})
}
function cut(req, res) { res.status(204).end() }
`,
  'app.js': `
const Swagger = require('swagger-express-mw')
const app = require('express')()
Swagger.create({ appRoot: __dirname }, (error, found) => {
  found.register(app)
  app.listen(80)
})
`,
}

test('operations of a description that names the modules which answer them are those of their functions [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles(files)
  expect(factsOf(set.facts, 'operation').map(({ method, path, handler }) => [method, path, handler])).toEqual(
    [
      ['GET', '/v1/kites/{id}', 'one'],
      ['DELETE', '/v1/kites/{id}', 'cut'],
    ],
  )
  expect(factsOf(set.facts, 'parameter').map(({ in: place, name }) => `${place} ${name}`)).toContain(
    'query colour',
  )
  expect(factsOf(set.facts, 'error').map(({ status, message }) => `${status} ${message}`)).toEqual([
    '404 No kite.',
  ])
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([200, 204])
})
