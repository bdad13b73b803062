import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const manifest = '{"dependencies":{"@hapi/hapi":"21.0.0","@hapi/glue":"9.0.0"}}'

test('a module that exports how it is registered is a plugin by itself [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'server.js': `
import hapi from '@hapi/hapi'
import * as berths from './berths.js'
const server = hapi.server({})
server.register([berths])
`,
      'berths.js': `
import Boom from '@hapi/boom'
const register = (server) => server.route([
  { method: 'GET', path: '/berths', config: { handler: (request) => (request.query.at === 'sea' ? Boom.notFound() : {}) } },
])
const name = 'berths'
export { name, register }
`,
    }),
  ).toEqual({ '/berths': ['404 where query.at == sea', '200'] })
})

test('a plugin that a manifest registers may be below any prefix, and who it asks for holds for the others [SPEC-EXTRACT-10]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': manifest,
      'server.js': `
const Glue = require('@hapi/glue')
const main = async () => (await Glue.compose(require('./settings').get('/'), { relativeTo: __dirname })).start()
main()
`,
      'berths.js': `
const Boom = require('@hapi/boom')
const register = (server) => {
  server.route({ method: 'GET', path: '/berths', handler: async (request) => { if (!request.query.at) throw Boom.notFound('no berth'); return {} } })
}
module.exports = { name: 'berths', dependencies: ['crew'], register }
`,
      'crew.js': `
const register = (server) => {
  server.auth.strategy('plain', 'basic', { validate: async () => ({ isValid: false }) })
  server.auth.default('plain')
}
module.exports = { name: 'crew', register }
`,
    })
  ).set
  expect(factsOf(facts, 'operation').map(({ path, grade }) => `${grade} ${path}`)).toEqual([
    'declared /berths',
  ])
  expect(
    factsOf(facts, 'error')
      .map(({ status, message }) => `${status} ${message}`)
      .toSorted(),
  ).toEqual(['401 ', '404 no berth'])
})

test('a file in a folder of tests is a test, whatever folders of routes it mirrors [SPEC-EXTRACT-12]', async () => {
  const { facts } = (
    await extractFiles({
      'package.json': manifest,
      'server/api/berths.js': `
const hapi = require('@hapi/hapi')
const server = hapi.server({})
server.route({ method: 'GET', path: '/berths', handler: (request, h) => (request.query.at ? {} : h.response({}).code(404)) })
`,
      'test/server/api/berths.js': `
const { expect } = require('@hapi/code')
lab.experiment('GET /berths', () => {
  let request
  lab.beforeEach(() => { request = { method: 'GET', url: '/berths' } })
  lab.test('there is none', async () => {
    const response = await server.inject(request)
    expect(response.statusCode).to.equal(404)
  })
})
`,
    })
  ).set
  expect(factsOf(facts, 'assertion').map(({ status }) => status)).toEqual([404])
})

test('routes come through a function of its own that counts through lists of lists [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': manifest,
      'server.js': `
const hapi = require('@hapi/hapi')
const { level } = require('./level')
const server = hapi.server({})
server.route(level([require('./berths'), [[require('./cranes')]]]))
`,
      'level.js': `
function level(lists, into = []) {
  for (let at = 0, length = lists.length; at < length; at++) {
    const one = lists[at]
    if (Array.isArray(one)) level(one, into)
    else into.push(one)
  }
  return into
}
module.exports = { level }
`,
      'berths.js': `
module.exports = [
  { method: 'GET', path: '/berths', handler: () => ({ at: 'sea' }) },
  { method: 'GET', path: '/berths/free', handler: () => ({ at: 'sea' }) },
]
`,
      'cranes.js': `
module.exports = { method: 'GET', path: '/cranes', handler: () => ({ at: 'sea' }) }
`,
    }),
  ).toEqual({ '/berths': ['200'], '/berths/free': ['200'], '/cranes': ['200'] })
})
