import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
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
