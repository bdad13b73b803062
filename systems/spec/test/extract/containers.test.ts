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

test('awilix gives what is asked for by its name, and routers that it makes are served [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"type":"module","dependencies":{"express":"4.0.0","awilix":"8.0.0"}}',
      'index.js': `
import { container } from './container.js'
container.resolve('Harbour').open()
`,
      'container.js': `
import { asClass, asFunction, createContainer } from 'awilix'
import { Harbour, allRoutes, lampRoutes } from './harbour.js'
import { LampDesk, LampStore } from './lamps.js'
const container = createContainer()
container
  .register({ Harbour: asClass(Harbour).singleton(), routes: asFunction(allRoutes).singleton() })
  .register({ lampRoutes: asFunction(lampRoutes), desk: asClass(LampDesk.bind(LampDesk)).scoped() })
  .register('store', asClass(LampStore))
export { container }
`,
      'harbour.js': `
import express from 'express'
export class Harbour {
  #app
  constructor({ routes }) {
    this.#app = express()
    this.#app.use(routes)
    this.#app.use((err, req, res, next) => res.status(err.status || 500).send({ message: err.message }))
  }
  open() { this.#app.listen(80) }
}
export function lampRoutes({ desk }) {
  const router = express.Router()
  router.get('/:id', desk.one)
  return router
}
export function allRoutes(given) {
  const router = express.Router()
  router.use('/lamps', given.lampRoutes)
  return router
}
`,
      'lamps.js': `
let lamps
export class LampDesk {
  constructor({ store }) { lamps = store }
  async one(req, res) { return res.status(200).json(await lamps.one(req.params.id)) }
}
class Lost extends Error { constructor(message) { super(message); this.status = 404 } }
export class LampStore {
  one(id) { if (id === 'none') throw new Lost('No lamp.'); return { id } }
}
`,
    }),
  ).toEqual({ '/lamps/{id}': ['404 No lamp. where path.id == none', '200'] })
})

test('what factories and marks of tsyringe give is injected, and what the server is built of is served [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"4.0.0","tsyringe":"4.0.0"}}',
      'app.ts': `
import { container } from 'tsyringe'
import { lampRouterFactory } from './routes'
import { ServerBuilder } from './server'
import { LampStore } from './lamps'
const all = [
  { token: 'LampRouter', provider: { useFactory: lampRouterFactory } },
  { token: 'ILampStore', provider: { useClass: LampStore } },
]
for (const { token, provider } of all) container.register(token, provider)
container.resolve(ServerBuilder).build().listen(80)
`,
      'server.ts': `
import express, { Router } from 'express'
import { inject, injectable } from 'tsyringe'
@injectable()
export class ServerBuilder {
  private readonly app: express.Application
  constructor(@inject('LampRouter') private readonly lamps: Router) { this.app = express() }
  build(): express.Application { this.routes(); return this.app }
  private routes() { this.app.use('/lamps', this.lamps) }
}
`,
      'routes.ts': `
import { Router } from 'express'
import type { FactoryFunction } from 'tsyringe'
import { LampDesk } from './desk'
export const lampRouterFactory: FactoryFunction<Router> = (found) => {
  const router = Router()
  const desk = found.resolve(LampDesk)
  router.get('/:id', desk.one)
  return router
}
`,
      'desk.ts': `
import { inject, injectable } from 'tsyringe'
import type { ILampStore } from './store'
@injectable()
export class LampDesk {
  constructor(@inject('ILampStore') private readonly lamps: ILampStore) {}
  one = async (req, res) => {
    if (!this.lamps.knows(req.params.id)) return res.status(404).json({ message: 'No lamp.' })
    return res.json({})
  }
}
`,
      'store.ts': 'export interface ILampStore { knows(id: string): boolean }',
      'lamps.ts': `
export class OtherStore { knows(id: string) { return true } }
export class LampStore { knows(id: string) { return id !== 'none' } }
`,
    }),
  ).toEqual({ '/lamps/{id}': ['404 No lamp. where path.id == none', '200'] })
})
