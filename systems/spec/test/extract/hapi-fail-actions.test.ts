import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const service = (server: string, route: string) =>
  saidErrors({
    'package.json': '{"dependencies":{"@hapi/hapi":"21","@hapi/boom":"10","joi":"17"}}',
    'server.js': `
const Hapi = require('@hapi/hapi')
const Boom = require('@hapi/boom')
const Joi = require('joi')
const refuse = (request, h, err) => { throw Boom.badData(err.message) }
const server = Hapi.server({ port: 1${server} })
server.route({
  method: 'POST',
  path: '/boats',
  options: { validate: { payload: Joi.object({ name: Joi.string().required() })${route} } },
  handler: (request) => request.payload.name,
})
server.start()
`,
  })
const answered = (status: number) => [
  `IF, for POST /boats, the request does not fit what is declared, THEN the service SHALL answer ${status}.`,
]

test('a request of hapi that does not fit is answered as the route says, else the server [SPEC-EXTRACT-05]', async () => {
  expect(await service('', '')).toEqual(answered(400))
  expect(await service(', routes: { validate: { failAction: refuse } }', '')).toEqual(answered(422))
  expect(await service(', routes: { validate: { failAction: refuse } }', ", failAction: 'error'")).toEqual(
    answered(400),
  )
  expect(
    await service('', ', failAction: (request, h) => h.response({ error: 1 }).code(409).takeover()'),
  ).toEqual(answered(409))
  expect(await service('', ", failAction: 'ignore'")).toEqual([])
})
