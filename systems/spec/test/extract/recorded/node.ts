import type { RecordedApp } from './recorded-app.ts'

/** What Express does around handlers: a handler of a parameter comes before its routes, and of errors of libraries only those that say a status keep it. */
export const expressApp: RecordedApp = {
  framework: 'Express 5.3.0, celebrate 15.0.3, express-validator 7.3.2',
  files: {
    'package.json': '{"type":"module","dependencies":{"express":"^5.2.1"}}',
    'app.js': `import express from 'express'
import { celebrate, errors, Joi, Segments } from 'celebrate'
import { body, validationResult } from 'express-validator'
import createError from 'http-errors'
import Boom from '@hapi/boom'

const router = express.Router()
router.param('name', (req, res, next) => {
  if (req.params.name.length > 5) return res.status(404).json({ error: 'No boat' })
  next()
})
router
  .route('/:name')
  .get((req, res) => res.json({}))
  .put(celebrate({ [Segments.BODY]: Joi.object({ crew: Joi.number().required() }) }), (req, res) => {
    if (req.body.crew > 9) throw createError(409, 'Too many')
    if (req.body.crew < 0) throw Boom.badRequest('Too few')
    res.vary('Accept').location('/boats').status(202).json({})
  })
const check = (chains) => async (req, res, next) => {
  for (const chain of chains) await chain.run(req)
  if (!validationResult(req).isEmpty()) return res.status(422).json({ error: 'Bad' })
  next()
}
router.post('/', check([body('name').isString(), body('note').trim()]), (req, res) => res.status(201).json({}))

const guard = (req, res, next) => {
  if (['/health'].includes(req.path) || req.headers['x-key'] === 'k') return next()
  res.status(401).json({ error: 'No key' })
}
const app = express()
app.use(express.json())
app.use(guard)
app.get('/health', (req, res) => res.json({}))
app.use('/boats', router)
app.use(errors())
app.use((err, req, res, next) => {
  if (createError.isHttpError(err)) return res.status(err.status).json({ error: err.message })
  next(err)
})
app.listen(3000)
`,
  },
  answers: {
    'GET /boats/{name}': [200, 401, 404],
    'GET /health': [200],
    'POST /boats': [201, 400, 401, 422],
    'PUT /boats/{name}': [202, 400, 401, 404, 409, 500],
  },
}

/** What Nest does around handlers: guards that the program takes from its container, where annotations send, and errors of classes of its own. */
export const nestApp: RecordedApp = {
  framework: 'NestJS 11.2.10',
  files: {
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11"}}',
    'main.ts': `import 'reflect-metadata'
import { ArgumentsHost, BadRequestException, CanActivate, Catch, Controller, DefaultValuePipe, ExceptionFilter, ExecutionContext, Get, Injectable, mixin, Module, ParseIntPipe, Post, Query, Redirect, SetMetadata, UnauthorizedException, UseFilters, UseGuards, ValidationPipe } from '@nestjs/common'
import { NestFactory, Reflector } from '@nestjs/core'

class Lost extends Error {
  readonly status = 404
}
class Clash extends Error {
  readonly statusCode = 409
}
class Torn extends Error {}

@Catch(Torn)
class TornFilter implements ExceptionFilter {
  catch(error: Torn, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(423).json({ torn: true })
  }
}

@Injectable()
export class KeyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext) {
    if (this.reflector.get('isPublic', context.getHandler())) return true
    if (context.switchToHttp().getRequest().headers['x-key'] !== 'k') throw new UnauthorizedException()
    return true
  }
}

const CrewGuard = (crew: string) => {
  class CrewGuardMixin implements CanActivate {
    canActivate(context: ExecutionContext) {
      return context.switchToHttp().getRequest().headers['x-crew'] === crew
    }
  }
  return mixin(CrewGuardMixin)
}

@Controller('sails')
export class SailsController {
  @Get()
  @SetMetadata('isPublic', true)
  all(@Query('limit', new DefaultValuePipe(9), ParseIntPipe) limit: number) {
    return [limit]
  }

  @Get('old')
  @Redirect('/sails', 301)
  old() {}

  @Get('one')
  @UseFilters(TornFilter)
  one(@Query('id') id: string) {
    if (id === 'lost') throw new Lost('No sail')
    if (id === 'clash') throw new Clash('Two sails')
    if (id === 'torn') throw new Torn('A torn sail')
    if (id === 'bad') throw new BadRequestException('A bad sail')
    return {}
  }

  @Post()
  @UseGuards(CrewGuard('gold'))
  make() {
    return {}
  }
}

@Module({ controllers: [SailsController], providers: [KeyGuard] })
export class AppModule {}

async function start() {
  const app = await NestFactory.create(AppModule)
  app.useGlobalGuards(app.get(KeyGuard))
  app.useGlobalPipes(new ValidationPipe({ transform: true }))
  await app.listen(3000)
}
start()
`,
  },
  answers: {
    'GET /sails': [200],
    'GET /sails/old': [301, 401],
    'GET /sails/one': [200, 400, 401, 409, 423, 500],
    'POST /sails': [201, 401, 403],
  },
}

/** What Hono and Koa do around handlers: a status that is set before the answer, and errors that say none. */
export const honoApp: RecordedApp = {
  framework: 'Hono 4.13.19',
  files: {
    'package.json': '{"type":"module","dependencies":{"hono":"^4"}}',
    'app.js': `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'

class Odd extends Error {
  status = 409
}
const app = new Hono()
app.post('/oars', (c) => {
  c.status(202)
  return c.json({})
})
app.get('/oars/:id', (c) => {
  if (c.req.query('at') === 'sea') throw new HTTPException(404, { message: 'No oar' })
  if (c.req.query('at') === 'hill') throw new Odd('An odd oar')
  return c.json({})
})
serve({ fetch: app.fetch, port: 3000 })
`,
  },
  answers: {
    'GET /oars/{id}': [200, 404, 500],
    'POST /oars': [202],
  },
}

export const koaApp: RecordedApp = {
  framework: 'Koa 2.16.4, Boom 10.0.1',
  files: {
    'package.json': '{"type":"module","dependencies":{"koa":"^2","@koa/router":"^13"}}',
    'app.js': `import Router from '@koa/router'
import Koa from 'koa'
import Boom from '@hapi/boom'

const router = new Router({ prefix: '/masts' })
router.get('/:id', (ctx) => {
  if (ctx.query.at === 'sea') ctx.throw(404, 'No mast')
  if (ctx.query.at === 'hill') throw Boom.conflict('An odd mast')
  ctx.body = {}
})
const app = new Koa()
app.use(async (ctx, next) => {
  try {
    await next()
  } catch (err) {
    ctx.status = err.expose ? err.status : 503
    ctx.body = { error: 'Refused' }
  }
})
app.use(router.routes())
app.listen(3000)
`,
  },
  answers: {
    'GET /masts/{id}': [200, 404, 503],
  },
}
