import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const paths = new Map(
    factsOf(set.facts, 'operation').map(({ id, grade, method, path }) => [id, `${grade} ${method} ${path}`]),
  )
  return factsOf(set.facts, 'error')
    .map(({ operation, status, grade, message }) =>
      `${paths.get(operation)}: ${grade} ${status} ${message}`.trim(),
    )
    .toSorted()
}

const weirs = {
  'package.json': '{"name":"weirs","dependencies":{"tsoa":"6","express":"4"}}',
  'src/index.ts': `import { makeApp } from './app.js'
makeApp().listen(3000)
`,
  'src/app.ts': `import express from 'express'
import { ValidateError } from 'tsoa'
import { RegisterRoutes } from '../build/routes.js'
import { Refused } from './refused.js'
export function makeApp() {
  const app = express()
  app.use('/flow', (req, res, next) => { if (!req.headers['x-site']) return res.status(403).send('Which site?'); next() })
  RegisterRoutes(app)
  app.use((err, req, res, next) => {
    if (err instanceof ValidateError) { res.status(422).json({ message: 'Does not fit' }); return }
    if (err instanceof Refused) { res.status(err.code).json(err.message); return }
    res.status(500).json({})
  })
  return app
}
`,
  'src/refused.ts': `export class Refused extends Error {
  constructor({ code = 500, message = 'No' }) { super(message); this.code = code }
}
export class Missing extends Refused { constructor(what) { super({ code: 404, message: \`No \${what}\` }) } }
export class Unknown extends Refused { constructor() { super({ code: 401, message: 'Who are you?' }) } }
`,
  'src/authentication.ts': `import { Unknown } from './refused.js'
export function expressAuthentication(request, name, scopes) {
  if (name === 'jwt') return new Promise((resolve, reject) => { if (!request.headers['x-token']) reject(new Unknown()); else resolve({}) })
  return Promise.reject(new Error('No such way'))
}
`,
  'src/weirs.ts': `import { Body, Controller, Get, Path, Post, Route, Security } from 'tsoa'
import { Missing } from './refused.js'
interface Weir { name: string }
@Route('flow/weirs')
export class WeirController extends Controller {
  @Get('{id}')
  public async one(@Path() id: string): Promise<Weir> {
    const weir = await store.find(id)
    if (!weir) throw new Missing('weir')
    if (weir.isGone) { this.setStatus(410); return null }
    return weir
  }
  @Security('jwt')
  @Post()
  public async add(@Body() body: Weir): Promise<void> { await store.add(body) }
}
`,
}

test('controllers of tsoa have the middleware and the handlers of errors of where the generated routes are registered [SPEC-EXTRACT-09]', async () => {
  expect(await errorsOf(weirs)).toEqual([
    'proved GET /flow/weirs/{id}: proved 403 Which site?',
    'proved GET /flow/weirs/{id}: proved 404 No weir',
    'proved GET /flow/weirs/{id}: proved 410',
    'proved POST /flow/weirs: framework 422',
    'proved POST /flow/weirs: proved 401 Who are you?',
    'proved POST /flow/weirs: proved 403 Which site?',
  ])
})

test('controllers in a folder below that of the program are put on its application, where neither is below `src` [SPEC-EXTRACT-09]', async () => {
  const inFolders = Object.entries(weirs).map(([path, text]): [string, string] => [
    path.replace('src/weirs', 'river/weirs/all').replace('src/', 'river/'),
    path === 'src/weirs.ts' ? text.replace('./refused', '../refused') : text,
  ])
  expect(await errorsOf(Object.fromEntries(inFolders))).toEqual(await errorsOf(weirs))
})

test('controllers of routing-controllers have what stands around the application that they are put on [SPEC-EXTRACT-09]', async () => {
  const found = await errorsOf({
    'package.json': '{"name":"dams","dependencies":{"routing-controllers":"0.11","express":"4"}}',
    'src/server.ts': `import express from 'express'
import { useExpressServer } from 'routing-controllers'
import { DamController } from './dams'
const app = express()
app.use((req, res, next) => { if (!req.headers['x-key']) return res.status(401).send('Key'); next() })
useExpressServer(app, { routePrefix: '/water', controllers: [DamController], defaultErrorHandler: false })
app.use((err, req, res, next) => { res.status(err.code ?? 500).json({}) })
app.listen(80)
`,
    'src/dams.ts': `import { Get, JsonController, Param } from 'routing-controllers'
class Missing extends Error { code = 404 }
@JsonController('/dams')
export class DamController {
  @Get('/:id')
  one(@Param('id') id: string) { const dam = store.find(id); if (!dam) throw new Missing('None'); return dam }
}
`,
  })
  expect(found).toEqual([
    'proved GET /water/dams/{id}: proved 401 Key',
    'proved GET /water/dams/{id}: proved 404',
  ])
})

test('middleware and handlers of errors of routing-controllers stand around controllers as classes, for all of them or for some [SPEC-EXTRACT-09]', async () => {
  const found = await errorsOf({
    'package.json': '{"name":"dams","dependencies":{"routing-controllers":"0.11","express":"4"}}',
    'src/server.ts': `import { createExpressServer } from 'routing-controllers'
import { DamController } from './dams'
import { Failures } from './failures'
createExpressServer({ controllers: [DamController], middlewares: [Failures], defaultErrorHandler: false }).listen(80)
`,
    'src/failures.ts': `import { ForbiddenError, HttpError, Middleware } from 'routing-controllers'
@Middleware({ type: 'after' })
export class Failures {
  error(failure, request, response, next) {
    if (failure instanceof HttpError) return response.status(failure.httpCode).json({ message: failure.message })
    response.status(503).json({})
  }
}
@Middleware({ type: 'before' })
export class Closing {
  use(request, response, next) { if (isClosing) { response.status(502).end(); return } next() }
}
export class Signed {
  async use(request, response, next) {
    if (!request.get('x-key')) throw new ForbiddenError('No key')
    next()
  }
}
`,
    'src/dams.ts': `import { Get, JsonController, NotFoundError, Param, Post, UseBefore } from 'routing-controllers'
import { Signed } from './failures'
@JsonController('/dams')
export class DamController {
  @Get('/:id')
  one(@Param('id') id: string) { const dam = store.find(id); if (!dam) throw new NotFoundError('None'); return dam }
  @UseBefore(Signed)
  @Post('/')
  add() { if (store.isFull()) throw new Error('Full'); return {} }
}
`,
  })
  expect(found).toEqual([
    'proved GET /dams/{id}: proved 404 None',
    'proved GET /dams/{id}: proved 502',
    'proved POST /dams: proved 403 No key',
    'proved POST /dams: proved 502',
    'proved POST /dams: proved 503',
  ])
})

test('a framework whose decorators route and that is not read is named, never passed over [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"dams","dependencies":{"express":"4"}}',
    'src/server.ts': `import express from 'express'
const app = express()
app.get('/health', (req, res) => res.end())
app.listen(80)
`,
    'src/own.ts': `export const Get = (path: string) => () => {}
`,
    'src/dams.ts': `import { Controller, Get, Post } from '@river/http'
import { Get as Seen } from './own'
@Controller('/dams')
export class DamController {
  @Get('/:id') one() { return {} }
  @Post() add() { return {} }
  @Seen('x') seen() {}
}
`,
  })
  expect(set.frameworks.filter(({ isRead }) => !isRead)).toEqual([
    { name: '@river/http', service: '', isRead: false, foundIn: 'src/dams.ts' },
  ])
})
