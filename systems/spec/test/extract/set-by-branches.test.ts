import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = (main: string) => ({
  'package.json': '{"dependencies":{"fastify":"5.0.0"}}',
  'quay.ts': `
import Fastify, { type FastifyInstance } from 'fastify'
export class Quay {
  private app: FastifyInstance
  private options
  constructor(options) {
    this.options = options
    this.app = Fastify({})
  }
  async start() {
    if (this.options.auth && this.options.auth.kind === 'basic') this.guard(this.options.auth)
    this.app.get('/kites', async (request, reply) => ({ kites: [] }))
    await this.app.listen({ port: 80 })
  }
  private guard(auth) {
    this.app.addHook('onRequest', async (request, reply) => {
      const shown = request.headers.authorization
      if (!shown) return reply.status(401).send({ error: 'Who are you?' })
    })
  }
}
`,
  'main.ts': `
import { Quay } from './quay'
import { config } from 'quay-settings'
async function main() {
  const options: any = { port: 80 }
  ${main}
  await new Quay(options).start()
}
main()
`,
})

async function guardedWhen(main: string): Promise<string[]> {
  const { set } = await extractFiles(files(main))
  return factsOf(set.facts, 'guard').map(({ condition }) =>
    condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(' and ')).join(' or '),
  )
}

test('a hook that is added where a field is there, which only a setting sets, is there by that setting [SPEC-EXTRACT-06]', async () => {
  const auth = "options.auth = { kind: 'basic', user: config.user }"
  expect(await guardedWhen(`if (config.user && config.password) ${auth}`)).toEqual([
    'config.password present and config.user present',
  ])
  expect(await guardedWhen(auth)).toEqual([''])
  expect(await guardedWhen(`if (config.open) ${auth.replace('config.user', '1')}; else ${auth}`)).toEqual([
    '',
  ])
})
