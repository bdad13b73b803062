import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

test('an error that a handler of hapi returns is no answer, and who is sent elsewhere for good is sent with 301 [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"main":"app.js","dependencies":{"@hapi/hapi":"21"}}',
    'app.js': `
const Hapi = require('@hapi/hapi')
const server = Hapi.server({ port: 1 })
server.route({ method: 'GET', path: '/boats', handler: (request, h) => {
  if (request.query.broken) return new Error('broken')
  return { name: 'Ada' }
} })
server.route({ method: 'GET', path: '/old', handler: (request, h) => h.redirect('/new').permanent() })
server.route({ method: 'POST', path: '/photos', options: { payload: { allow: 'multipart/form-data', multipart: true } }, handler: (request) => request.payload.title })
server.start()
`,
  })
  expect(
    set.facts.flatMap((one) =>
      one.kind === 'response' || one.kind === 'error'
        ? [`${one.kind} ${one.status}`]
        : one.kind === 'body'
          ? [one.mediaType]
          : [],
    ),
  ).toMatchInlineSnapshot(`
    [
      "response 200",
      "response 301",
      "multipart/form-data",
      "response 200",
    ]
  `)
})
