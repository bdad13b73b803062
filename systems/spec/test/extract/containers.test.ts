import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what a container of dependencies is asked for is an instance of the class, or of what was bound [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json':
        '{"dependencies":{"fastify":"5.0.0","tsyringe":"4.0.0","typedi":"0.10.0","inversify":"6.0.0"}}',
      'di.ts': `
import { container } from 'tsyringe'
import { Container } from 'inversify'
import { LampKeeper } from './lamps'
export const resolveOne = <T>(token) => container.resolve<T>(token)
export const TYPES = { keeper: Symbol.for('keeper') }
export const bound = new Container()
bound.bind(TYPES.keeper).to(LampKeeper)
`,
      'app.ts': `
import fastify from 'fastify'
import { Container } from 'typedi'
import { TYPES, bound, resolveOne } from './di'
import { BellService } from './bells'
import { LampService } from './lamps'
const app = fastify()
app.register(async (inner) => {
  const lamps = resolveOne(LampService)
  const bells = Container.get(BellService)
  const keeper = bound.get(TYPES.keeper)
  inner.get('/lamps', async ({ query }) => lamps.named(query.name))
  inner.get('/bells', async ({ query }) => bells.ring(query.name))
  inner.get('/keepers', async ({ query }) => keeper.called(query.name))
})
`,
      'lamps.ts': `
import { singleton } from 'tsyringe'
import { Barred, Lost } from './problems'
export class LampKeeper { called(name: string) { if (name === 'nobody') throw new Barred(); return {} } }
@singleton()
export class LampService {
  private readonly keeper: LampKeeper
  constructor(keeper: LampKeeper) { this.keeper = keeper }
  async named(name: string) { if (name === 'none') throw new Lost(); return this.keeper.called(name) }
}
`,
      'bells.ts': `
import { Service } from 'typedi'
import { LampKeeper } from './lamps'
@Service()
export class BellService {
  constructor(private readonly keeper: LampKeeper) {}
  ring(name: string) { return this.keeper.called(name) }
}
`,
      'problems.ts': `
export class Barred extends Error { statusCode = 403 }
export class Lost extends Error { statusCode = 404 }
`,
    }),
  ).toEqual({
    '/lamps': [
      '404 where query.name == none',
      '403 where query.name != none and query.name == nobody',
      '200',
    ],
    '/bells': ['403 where query.name == nobody', '200'],
    '/keepers': ['403 where query.name == nobody', '200'],
  })
})
