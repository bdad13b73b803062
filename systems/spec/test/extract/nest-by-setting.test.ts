import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('A decorator of Nest that is one of two by a setting asks callers to be signed in where that one does [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11","@nestjs/passport":"^11"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { LocksModule } from './locks.module'
NestFactory.create(LocksModule).then((app) => app.listen(3000))
`,
    'src/gate.ts': `import { applyDecorators, CanActivate, ExecutionContext, ForbiddenException, Injectable, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'

@Injectable()
export class PermitGuard extends AuthGuard('jwt') {}

@Injectable()
export class KeeperGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (!context.switchToHttp().getRequest().user?.isKeeper) throw new ForbiddenException('Keepers only')
    return true
  }
}

export function Gated({ always = false }: { always?: boolean } = {}) {
  if (always || process.env.GATE_SHUT === 'true') {
    return applyDecorators(UseGuards(PermitGuard))
  }
  return applyDecorators()
}

export const Kept = () =>
  process.env.KEEPERS === 'on' ? applyDecorators(UseGuards(KeeperGuard)) : applyDecorators()
`,
    'src/locks.module.ts': `import { Controller, Delete, Get, Module, Post } from '@nestjs/common'
import { Gated, Kept } from './gate'

@Controller('locks')
export class LocksController {
  @Get()
  @Gated()
  all() {
    return []
  }
  @Post()
  @Gated({ always: true })
  add() {
    return {}
  }
  @Delete()
  @Kept()
  drop() {
    return {}
  }
}

@Module({ controllers: [LocksController] })
export class LocksModule {}
`,
  })
  const operations = factsOf(set.facts, 'operation')
  const methodOf = (id: string) => operations.find((one) => one.id === id)?.method
  const guards = factsOf(set.facts, 'guard').map((fact) => [
    methodOf(fact.operation),
    [fact.guard, fact.condition],
  ])
  const shut = { subject: 'process.env.GATE_SHUT', op: '==', value: 'true' }
  const kept = { subject: 'process.env.KEEPERS', op: '==', value: 'on' }
  const unknown = { subject: '@caller', op: 'false' }
  expect(Object.fromEntries(guards)).toEqual({
    GET: ['authentication', [[shut]]],
    POST: ['authentication', [[]]],
    DELETE: ['role', [[kept]]],
  })
  const errors = factsOf(set.facts, 'error').map((fact) => [
    methodOf(fact.operation),
    [fact.status, fact.condition],
  ])
  expect(Object.fromEntries(errors)).toEqual({
    GET: [401, [[unknown, shut]]],
    POST: [401, [[unknown]]],
    DELETE: [403, [[kept, expect.anything()]]],
  })
})

test('Guards and middleware of Nest that a setting puts before all routes take and refuse where it does, and find what was set with them [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { BoatsModule } from './boats.module'
NestFactory.create(BoatsModule).then((app) => app.listen(3000))
`,
    'src/settings.ts': `const on = (text?: string) => text === 'true' || text === '1'
export default { gate: { isShut: on(process.env.GATE_SHUT) }, notes: { areKept: on(process.env.NOTES_KEPT) } }
`,
    'src/gate.guard.ts': `import { CanActivate, ExecutionContext, Injectable, NotAcceptableException } from '@nestjs/common'
@Injectable()
export class GateGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const key = context.switchToHttp().getRequest().headers['x-gate-key']
    if (key && key.length > 40) throw new NotAcceptableException('No such key')
    return true
  }
}
`,
    'src/notes.middleware.ts': `import { Injectable, NestMiddleware } from '@nestjs/common'
@Injectable()
export class NotesMiddleware implements NestMiddleware {
  private static form: string
  static setUp(form: string) {
    this.form = form
  }
  use(req: any, res: any, next: any) {
    if (!NotesMiddleware.form) throw new Error('Set up notes first')
    console.log(NotesMiddleware.form, req.headers['x-note'])
    if (req.headers['x-note'] === 'none') return res.status(418).json({ noted: false })
    next()
  }
}
`,
    'src/boats.module.ts': `import { Controller, Get, MiddlewareConsumer, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import settings from './settings'
import { GateGuard } from './gate.guard'
import { NotesMiddleware } from './notes.middleware'

@Controller('boats')
export class BoatsController {
  @Get()
  all() {
    return []
  }
}

@Module({
  controllers: [BoatsController],
  providers: [...(settings.gate.isShut ? [{ provide: APP_GUARD, useClass: GateGuard }] : [])],
})
export class BoatsModule {
  configure(consumer: MiddlewareConsumer) {
    if (settings.notes.areKept) {
      NotesMiddleware.setUp('short')
      consumer.apply(NotesMiddleware).forRoutes('*')
    }
  }
}
`,
  })
  const said = set.facts
    .filter(({ kind }) => /^(?:parameter|error|guard)$/.test(kind))
    .map((fact) => sayFact(fact, 'GET /boats'))
  expect(said.toSorted()).toEqual([
    'IF, for GET /boats, the header x-note is "none" and `settings.notes.areKept` is there, THEN the service SHALL answer 418 with noted (boolean, required, exactly false).',
    'IF, for GET /boats, the length of the header x-gate-key is greater than 40 and `settings.gate.isShut` is there, THEN the service SHALL answer 406 and say "No such key".',
    'WHEN a client sends GET /boats and `settings.gate.isShut` is there, the service SHALL take the header x-gate-key.',
    'WHEN a client sends GET /boats and `settings.notes.areKept` is there, the service SHALL take the header x-note.',
  ])
})
