import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// What is told of errors and guards of a controller of moorings behind a guard of all operations.
async function told({ guard, decorators = '', on }: Setup) {
  const route = (name: string) => `  ${on[name] ?? ''}
  @Get('${name}')
  ${name}() {
    return []
  }`
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
NestFactory.create(AppModule).then((app) => app.listen(3000))
`,
    'src/app.module.ts': `import { applyDecorators, CanActivate, Controller, ExecutionContext, ForbiddenException, Get, HttpException, Injectable, Module, SetMetadata, UnauthorizedException } from '@nestjs/common'
import { APP_GUARD, Reflector } from '@nestjs/core'
${decorators}
@Injectable()
export class PassGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    if (request.path === '/health') return true
    if (!request.headers.authorization) throw new UnauthorizedException('Show your pass')
    return true
  }
}
${guard}
${on.class ?? ''}
@Controller('moorings')
export class MooringsController {
${Object.keys(on)
  .filter((name) => name !== 'class')
  .map(route)
  .join('\n')}
}

@Module({ controllers: [MooringsController], providers: [{ provide: APP_GUARD, useClass: HarbourGuard }] })
export class AppModule {}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return (name: string) =>
    set.facts.flatMap((fact) =>
      (fact.kind === 'error' || fact.kind === 'guard') &&
      titles.get(fact.operation) === `GET /moorings/${name}`
        ? [
            fact.kind === 'guard'
              ? `${fact.guard} ${fact.name}`
              : `${fact.grade} ${sayFact(fact, '').replace(/^[^,]*, /, '')}`,
          ]
        : [],
    )
}
interface Setup {
  guard: string
  decorators?: string
  on: Record<string, string>
}

test('a guard is run with what its constructor sets, by what decorators say of the operation [SPEC-EXTRACT-08]', async () => {
  const of = await told({
    decorators: `export const Berth = (kinds: string[], options?: { all: boolean }) => SetMetadata('berth', { kinds, options: options ?? { all: true } })
export const Open = () => applyDecorators(Berth(['open']))`,
    guard: `@Injectable()
export class HarbourGuard implements CanActivate {
  private readonly guards: Record<string, CanActivate>
  constructor(private readonly reflector: Reflector, private readonly pass: PassGuard) {
    this.guards = { ['pass']: this.pass, ['open']: { canActivate: () => true } }
  }
  async canActivate(context: ExecutionContext) {
    const asked = this.reflector.getAllAndOverride('berth', [context.getHandler(), context.getClass()]) ?? { kinds: ['pass'], options: { all: true } }
    const guards = asked.kinds.map((one) => this.guards[one])
    for (const guard of guards) if (!(await guard.canActivate(context))) throw new UnauthorizedException('No berth')
    return true
  }
}`,
    on: { all: '', free: '@Open()' },
  })
  expect(of('free')).toEqual([])
  expect(of('all').join('\n')).toMatch(/authentication PassGuard|proved .*Show your pass/)
  expect(of('all').join('\n')).not.toMatch(/open |No berth/)
})

test('what the class says is none of the handler, and what is merged is of both [SPEC-EXTRACT-08]', async () => {
  const of = await told({
    guard: `@Injectable()
export class HarbourGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context: ExecutionContext) {
    const own = this.reflector.get('berth', context.getHandler())
    if (own === 'closed') throw new ForbiddenException('Closed')
    const all = this.reflector.getAllAndMerge('crew', [context.getHandler(), context.getClass()])
    if (all.includes('pilot')) throw new ForbiddenException('No pilots')
    return true
  }
}`,
    on: {
      class: "@SetMetadata('berth', 'closed')\n@SetMetadata('crew', ['pilot'])",
      plain: '',
      shut: "@SetMetadata('berth', 'closed')\n  @SetMetadata('crew', ['cook'])",
    },
  })
  expect(of('plain').join('\n')).toMatch(/No pilots/)
  expect(of('plain').join('\n')).not.toMatch(/Closed/)
  expect(of('shut').join('\n')).toMatch(/Closed/)
})

test('what a decorator says that is not read is asked, not told [SPEC-EXTRACT-08]', async () => {
  const of = await told({
    decorators: `export function Open() {
  return (target: object, key: string, descriptor: PropertyDescriptor) => Reflect.defineMetadata('open', true, descriptor.value)
}`,
    guard: `@Injectable()
export class HarbourGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context: ExecutionContext) {
    const { ip } = context.switchToHttp().getRequest()
    if (this.reflector.get('open', context.getHandler()) || ip === '::1') return true
    throw new ForbiddenException('Shut')
  }
}`,
    on: { plain: '', free: '@Open()' },
  })
  const [plain, free] = [of('plain').join('\n'), of('free').join('\n')]
  expect(plain).toMatch(/Shut/)
  expect(plain).not.toMatch(/reflector/)
  expect(free).toMatch(/reflector.get|^open /m)
})

test('a guard that refuses with 401 and asks nothing of who calls is another one [SPEC-EXTRACT-08]', async () => {
  const guard = (asks: string) => `@Injectable()
export class HarbourGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    if (${asks}) throw new UnauthorizedException('Not now')
    return true
  }
}`
  const closed = await told({ guard: guard('new Date().getHours() < 6'), on: { plain: '' } })
  expect(closed('plain').join('\n')).not.toMatch(/authentication/)
  const signed = await told({ guard: guard('!request.user'), on: { plain: '' } })
  expect(signed('plain').join('\n')).toMatch(/authentication HarbourGuard/)
})
