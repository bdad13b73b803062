import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// What is told of answers and guards of a controller of kites; `main` sets up the program.
async function told(controller: string, { main = '', more = '', module = '' } = {}) {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11"}}',
    'src/main.ts': `import { NestFactory, HttpAdapterHost } from '@nestjs/core'
import { ValidationPipe } from '@nestjs/common'
import { AppModule, KeyGuard, SignInGuard } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${main}
  await app.listen(3000)
}
bootstrap()
`,
    'src/app.module.ts': `import { ArgumentsHost, Body, CanActivate, Catch, Controller, DefaultValuePipe, ExceptionFilter, ExecutionContext, Get, HttpException, Injectable, mixin, Module, NotFoundException, ParseBoolPipe, ParseIntPipe, Post, Query, Redirect, SetMetadata, UnauthorizedException, UseGuards } from '@nestjs/common'
import { HttpAdapterHost, Reflector } from '@nestjs/core'
import { AuthGuard } from '@nestjs/passport'

@Injectable()
export class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    if (request.headers['x-key'] !== 'k') throw new UnauthorizedException('No key')
    return true
  }
}
${more}
@Controller('kites')
export class KitesController {
${controller}
}

@Module({ controllers: [KitesController], providers: [KeyGuard${module}] })
export class AppModule {}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts
    .flatMap((fact) =>
      fact.kind === 'error' || fact.kind === 'guard' || fact.kind === 'response'
        ? [sayFact(fact, titles.get(fact.operation) ?? '')]
        : [],
    )
    .toSorted()
}
const get = 'WHEN a client sends GET /kites'

test('a guard that the program takes from its container is one of all operations [SPEC-EXTRACT-08]', async () => {
  const found = await told('  @Get()\n  all() {\n    return []\n  }', {
    main: 'app.useGlobalGuards(app.get(KeyGuard))',
  })
  expect(found).toContain(`${get}, the service SHALL ask \`KeyGuard\` first.`)
})

test('a redirect that an annotation says has its status, or 302 [SPEC-EXTRACT-06]', async () => {
  const found = await told(`  @Get('old')
  @Redirect('/kites', 301)
  old() {}

  @Get('newer')
  @Redirect('/kites')
  newer() {}`)
  expect(found).toEqual([
    `${get}/newer, the service SHALL answer 302.`,
    `${get}/old, the service SHALL answer 301.`,
  ])
})

test('a guard that a function makes is the class that it gives to mixin [SPEC-EXTRACT-08]', async () => {
  const found = await told(`  @Get()\n  @UseGuards(RoleGuard('pilot'))\n  all() {\n    return []\n  }`, {
    more: `const RoleGuard = (role: string) => {
  class RoleGuardMixin implements CanActivate {
    canActivate(context: ExecutionContext) {
      return context.switchToHttp().getRequest().user?.role === role
    }
  }
  return mixin(RoleGuardMixin)
}`,
  })
  expect(found.some((one) => one.includes('answer 403'))).toBe(true)
})

test('what a filter sends without the text of the error is not told to say it [SPEC-EXTRACT-06]', async () => {
  const lost = `  @Get()
  one(@Query('id') id: string) {
    if (id === 'lost') throw new NotFoundException('No kite')
    return {}
  }`
  const filter = (body: string) => `@Catch()
export class BareErrors implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}
  catch(exception: unknown, host: ArgumentsHost) {
    const { httpAdapter } = this.host
    const status = exception instanceof HttpException ? exception.getStatus() : 500
    httpAdapter.reply(host.switchToHttp().getResponse(), ${body}, status)
  }
}`
  const module = ", { provide: 'APP', useClass: KeyGuard }"
  const of = async (body: string) =>
    (
      await told(lost.replace('@Get()', '@Get()\n  @UseFilters(BareErrors)'), {
        more: `import { UseFilters } from '@nestjs/common'\n${filter(body)}`,
        module,
      })
    ).find((one) => one.includes('404'))
  expect(await of('{ status, path: httpAdapter.getRequestUrl(host) }')).not.toContain('No kite')
  expect(await of('{ status, why: (exception as Error).message }')).toContain('No kite')
})

test('a number that is made before its own pipes is never refused where it has a default [SPEC-EXTRACT-06]', async () => {
  const list = `  @Get()
  all(@Query('limit', new DefaultValuePipe(9), ParseIntPipe) limit: number, @Query('page', ParseIntPipe) page: number) {
    return []
  }`
  const of = async (main: string) => (await told(list, { main })).filter((one) => one.includes('answer 400'))
  expect((await of('')).join()).toMatch(/limit.*page/)
  const transformed = await of('app.useGlobalPipes(new ValidationPipe({ transform: true }))')
  expect(transformed.join()).not.toContain('limit')
  expect(transformed.join()).toContain('page')
})

test('a guard of passport that lets a public route pass asks nothing of who is not known [SPEC-EXTRACT-08]', async () => {
  const found = await told(
    `  @Get()
  @SetMetadata('isPublic', true)
  all() {
    return []
  }

  @Post()
  make() {
    return {}
  }`,
    {
      more: `@Injectable()
export class SignInGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super()
  }
  canActivate(context: ExecutionContext) {
    if (this.reflector.getAllAndOverride('isPublic', [context.getHandler(), context.getClass()])) return true
    return super.canActivate(context)
  }
  handleRequest(error: any, user: any) {
    if (error || !user) throw error || new UnauthorizedException('Sign in first')
    return user
  }
}`,
      main: 'app.useGlobalGuards(app.get(SignInGuard))',
    },
  )
  expect(found.filter((one) => one.includes('401') && one.includes('GET'))).toEqual([])
  expect(found.some((one) => one.includes('401') && one.includes('POST'))).toBe(true)
})

test('an error of a class of its own is answered as its framework answers it: by Nest with statusCode alone [SPEC-EXTRACT-06]', async () => {
  const thrown = (member: string) =>
    told(
      `  @Get()
  one(@Query('id') id: string) {
    if (id === 'lost') throw new Lost('No kite')
    return {}
  }`,
      { more: `class Lost extends Error {\n  readonly ${member} = 404\n}` },
    )
  const of = async (member: string) =>
    (await thrown(member)).flatMap((one) => /answer ([45]\d\d)/.exec(one)?.[1] ?? [])
  expect(await of('statusCode')).toEqual(['404'])
  expect(await of('status')).toEqual(['500'])
})

test('a number that the path asks for is never refused by a pipe, and what a pipe skips is not required [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11","class-validator":"1"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { Body, Controller, Get, Module, Param, ParseIntPipe, Post, ValidationPipe } from '@nestjs/common'
import { IsDefined, IsNotEmpty, IsString } from 'class-validator'
class Kite {
  @IsString() @IsDefined() name: string
  @IsString() @IsNotEmpty() colour: string
}
@Controller('kites')
class Kites {
  @Get('/:kite(\\\\d+)') one(@Param('kite', ParseIntPipe) kite: number) { return { kite } }
  @Get('/:kite/tail') tail(@Param('kite', ParseIntPipe) kite: number) { return { kite } }
  @Post() add(@Body() body: Kite) { return body }
}
@Module({ controllers: [Kites] })
class AppModule {}
const app = await NestFactory.create(AppModule)
app.useGlobalPipes(new ValidationPipe({ skipMissingProperties: true }))
await app.listen(3000)
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))).toEqual([
    'IF, for GET /kites/{kite}/tail, the path parameter kite is not a whole number, THEN the service SHALL answer 400.',
    'IF, for POST /kites, the request does not fit what is declared, THEN the service SHALL answer 400.',
  ])
  expect(
    factsOf(set.facts, 'model').map(({ fields }) => fields.map(({ name, isRequired }) => [name, isRequired])),
  ).toEqual([
    [
      ['name', true],
      ['colour', false],
    ],
  ])
})
