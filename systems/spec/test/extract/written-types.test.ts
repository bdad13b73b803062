import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a type of TypeScript that may be null says so, one that may be undefined is not required [SPEC-EXTRACT-08]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': '{"dependencies":{"hono":"4"}}',
      'app.ts': `
import { Hono } from 'hono'
const app = new Hono()
interface Pier { name: string | null; depth: number | undefined; at?: string; length: number }
app.get('/pier', (c) => { const pier: Pier = find(); return c.json(pier) })
export default app
`,
    })
  ).set
  const [model] = factsOf(facts, 'model')
  expect(model?.fields.map(({ name, shape, isRequired }) => [name, shape.type, isRequired])).toEqual([
    ['name', 'union', true],
    ['depth', 'number', false],
    ['at', 'string', false],
    ['length', 'number', true],
  ])
})

test('the rest of a path of hapi may be empty: it is taken, not required [SPEC-PACKS-01]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': '{"dependencies":{"@hapi/hapi":"21"}}',
      'app.js': `
const Hapi = require('@hapi/hapi')
const server = Hapi.server({})
server.route({ method: 'GET', path: '/charts/{sea}/{part*}', handler: (request) => ({ part: request.params.part }) })
server.start()
`,
    })
  ).set
  expect(factsOf(facts, 'parameter').map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['sea', true],
    ['part', false],
  ])
})

test('what names the fields of a type of TypeScript is a text, and nothing of that type [SPEC-EXTRACT-08]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': '{"dependencies":{"tsoa":"6","express":"4"}}',
      'app.ts': `
import express from 'express'
import { RegisterRoutes } from './build/routes.js'
const app = express()
RegisterRoutes(app)
app.listen(1)
`,
      'piers.ts': `
import { Controller, Get, Queries, Route } from 'tsoa'
interface Pier { name: string; depth: number }
interface Asked<T> { shown?: (keyof T)[]; by?: keyof T; only?: readonly T[] }
@Route('piers')
export class Piers extends Controller {
  @Get()
  public async all(@Queries() asked: Asked<Pier>) { return [] }
}
`,
    })
  ).set
  expect(factsOf(facts, 'parameter').map(({ name, shape }) => [name, shape])).toEqual([
    ['shown', { type: 'array', items: { type: 'string' } }],
    ['by', { type: 'string' }],
    ['only', { type: 'array', items: { type: 'model', name: 'Pier' } }],
  ])
})
