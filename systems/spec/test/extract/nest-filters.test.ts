import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

const controller = `
import { Body, Controller, ForbiddenException, Get, NotFoundException, Post } from '@nestjs/common'
import { ConflictException } from '@nestjs/common/exceptions/conflict.exception'
import { QuotaException } from './errors'
@Controller('rooms')
export class RoomsController {
  constructor(private readonly rooms: Repository<Room>) {}
  @Get('closed')
  closed() { throw new ForbiddenException('Members only') }
  @Get('taken')
  taken() { throw new ConflictException() }
  @Get('full')
  full() { throw new QuotaException() }
  @Get('broken')
  broken() { throw new Error('no disk') }
  @Get('one')
  one() { return this.rooms.findOneByOrFail({ id: 1 }) }
}
`

test('a filter for all exceptions tells them apart by status, name and message as they are at run time [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"11.0.0"}}',
      'rooms.ts': controller.replace('@Controller', "import { Repository } from 'typeorm'\n@Controller"),
      'errors.ts': `
import { HttpException, HttpStatus } from '@nestjs/common'
export class QuotaException extends HttpException {
  constructor() { super('Too many rooms', HttpStatus.PAYMENT_REQUIRED) }
}
`,
      'filter.ts': `
import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common'
@Catch()
export class EveryFilter implements ExceptionFilter {
  catch(exception: any, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse()
    if (exception.name === 'EntityNotFound' || exception.status === 403) response.status(404).json({})
    else if (this.isDouble(exception)) response.status(409).json({})
    else if (exception.status === 402) response.status(402).json({})
    else response.status(500).json({})
  }
  private isDouble(exception: any) {
    return exception.status === 409 || exception.code === '23505' || exception.message.includes('UNIQUE constraint')
  }
}
`,
      'main.ts': `
import { NestFactory } from '@nestjs/core'
import { EveryFilter } from './filter'
async function main() {
  const app = await NestFactory.create(null)
  app.useGlobalFilters(new EveryFilter())
}
main()
`,
    }),
  )
  expect(found.statuses).toEqual({
    'GET /rooms/closed': [404],
    'GET /rooms/taken': [409],
    'GET /rooms/full': [402],
    'GET /rooms/broken': [500],
    'GET /rooms/one': [200, 500],
  })
})

test('filters by a factory, filters that hand on, interceptors that refuse and settings of a class are read [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"11.0.0"}}',
      'rooms.ts': controller,
      'errors.ts': `
import { GoneException } from '@nestjs/common'
export class QuotaException extends GoneException {}
`,
      'module.ts': `
import { ArgumentsHost, CallHandler, Catch, ExecutionContext, ForbiddenException, Injectable, MiddlewareConsumer, Module, NestInterceptor, ServiceUnavailableException } from '@nestjs/common'
import { APP_FILTER, APP_INTERCEPTOR, BaseExceptionFilter } from '@nestjs/core'
import { RoomsController } from './rooms'
@Catch()
class Logged extends BaseExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost) {
    if (exception instanceof ForbiddenException) host.switchToHttp().getResponse().status(451).json({})
    else super.catch(exception, host)
  }
}
@Injectable()
class Maintenance implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    if (process.env.DOWN) throw new ServiceUnavailableException()
    return next.handle()
  }
}
class Logger {
  private static format: string
  static configure(format: string) { this.format = format }
  use(req, res, next) {
    if (!Logger.format) throw new Error('not configured')
    next()
  }
}
@Module({
  controllers: [RoomsController],
  providers: [
    { provide: APP_FILTER, useFactory: () => new Logged() },
    { provide: APP_INTERCEPTOR, useClass: Maintenance },
  ],
})
export class AppModule {
  configure(consumer: MiddlewareConsumer) {
    Logger.configure('short')
    consumer.apply(Logger).forRoutes('*')
  }
}
`,
    }),
  )
  expect(found.statuses['GET /rooms/closed']).toEqual([451, 503])
  expect(found.statuses['GET /rooms/taken']).toEqual([409, 503])
  expect(found.statuses['GET /rooms/full']).toEqual([410, 503])
  expect(found.statuses['GET /rooms/broken']).toEqual([503])
})

test('what a chain of middleware goes on with stands before its own routes alone [SPEC-PACKS-01]', async () => {
  const refusing = (name: string, status: number) => `
class ${name} {
  use(req, res, next) {
    if (!req.headers['x-${name.toLowerCase()}']) return res.status(${status}).send()
    next()
  }
}`
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"11.0.0"}}',
      'boats.ts': `
import { Controller, Get, MiddlewareConsumer, Module } from '@nestjs/common'
@Controller()
class Boats {
  @Get('boats')
  boats() { return [] }
  @Get('piers')
  piers() { return [] }
}
${refusing('Crew', 418)}
${refusing('Tide', 423)}
@Module({ controllers: [Boats] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(Crew).exclude('moles').forRoutes('boats').apply(Tide).forRoutes('piers')
  }
}
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /boats': [200, 418], 'GET /piers': [200, 423] })
})

test('a guard that leaves it to a library’s refuses as that one does [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"11.0.0"}}',
      'rooms.ts': `
import { Controller, ExecutionContext, Get, Injectable, UseGuards } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { AuthGuard } from '@nestjs/passport'
@Injectable()
export class TokenGuard extends AuthGuard('jwt') {
  constructor(private reflector: Reflector) { super() }
  canActivate(context: ExecutionContext) {
    const isOpen = this.reflector.getAllAndOverride<boolean>('open', [context.getHandler()])
    if (isOpen) return true
    return super.canActivate(context)
  }
}
@UseGuards(TokenGuard)
@Controller('rooms')
export class RoomsController {
  @Get()
  all() { return [] }
}
`,
    }),
  )
  expect(found.statuses['GET /rooms']).toEqual([200, 401])
})
