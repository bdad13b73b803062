import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('a status that is set on an answer of hapi after it was made is what it has, also in a hook for errors [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"@hapi/hapi":"21.0.0"}}',
      'index.js': `
const Hapi = require('@hapi/hapi')
class Refusal extends Error { constructor(message, statusCode = 400) { super(message); this.statusCode = statusCode } }
class Lost extends Refusal { constructor(message) { super(message, 404) } }
const init = async () => {
  const server = Hapi.server({ port: 80 })
  server.route({
    method: 'PUT',
    path: '/lamps/{id}',
    handler: (request, h) => {
      if (request.params.id === 'none') throw new Lost('No lamp.')
      if (request.params.id === 'all') throw new Refusal('One lamp at a time.')
      const answer = h.response({ status: 'kept' })
      answer.type('application/json')
      answer.code(201)
      return answer
    },
  })
  server.ext('onPreResponse', (request, h) => {
    const { response } = request
    if (!(response instanceof Refusal)) return h.continue
    const answer = h.response({ message: response.message })
    answer.code(response.statusCode)
    return answer
  })
  await server.start()
}
init()
`,
    }),
  ).toEqual({
    '/lamps/{id}': [
      '404 No lamp. where path.id == none',
      '400 One lamp at a time. where path.id != none and path.id == all',
      '201',
    ],
  })
})
