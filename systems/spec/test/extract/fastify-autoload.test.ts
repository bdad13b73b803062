import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const app = (options: string) => `
import { join } from 'node:path'
import autoload from '@fastify/autoload'
import fastify from 'fastify'
const app = fastify()
app.register(autoload, { dir: join(import.meta.dirname, 'routes'), ${options} })
app.listen({ port: 80 })
`
const hooks = (header: string, status: number) => `
export default async function (fastify) {
  fastify.addHook('preHandler', async (request, reply) => {
    if (!request.headers.${header}) return reply.code(${status}).send({})
  })
}
`
const get = (path: string) => `export default async (fastify) => { fastify.get('${path}', async () => ({})) }`
const routes = {
  'package.json': '{"dependencies":{"fastify":"5.0.0"}}',
  'routes/health.ts': get('/health'),
  'routes/kilns/autohooks.ts': hooks('guild', 403),
  'routes/kilns/index.ts': get('/'),
  'routes/kilns/helpers.ts': get('/never'),
  'routes/kilns/_kiln/pots/autohooks.ts': hooks('glaze', 409),
  'routes/kilns/_kiln/pots/index.ts': get('/:pot'),
}

test('hooks that a folder has run before its routes, and with cascadeHooks before those below it [SPEC-EXTRACT-10]', async () => {
  const read = (options: string) => printedAnswers({ ...routes, 'app.ts': app(options) })
  const pot = '/kilns/{kiln}/pots/{pot}'
  expect(await read('autoHooks: true, cascadeHooks: true, routeParams: true')).toEqual({
    '/health': ['200'],
    '/kilns': ['403 where !header.guild', '200'],
    [pot]: ['403 where !header.guild', '409 where !header.glaze', '200'],
  })
  expect(await read('autoHooks: true, routeParams: true')).toEqual({
    '/health': ['200'],
    '/kilns': ['403 where !header.guild', '200'],
    [pot]: ['409 where !header.glaze', '200'],
  })
  expect(
    await read('autoHooks: true, cascadeHooks: true, overwriteHooks: true, routeParams: true'),
  ).toMatchObject({ [pot]: ['409 where !header.glaze', '200'] })
  expect(await read('routeParams: true')).toMatchObject({ '/kilns': ['200'] })
})
