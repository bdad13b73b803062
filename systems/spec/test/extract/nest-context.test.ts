import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function said(file: string) {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11","typeorm":"0.3"}}',
    'boats.ts': file,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts.map((one) => sayFact(one, 'operation' in one ? (titles.get(one.operation) ?? '') : ''))
}

const head = `
import { Body, CallHandler, Controller, ExecutionContext, Get, GoneException, Injectable, MethodNotAllowedException, Module, NestInterceptor, NotFoundException, Post, SetMetadata, UploadedFile, UseInterceptors } from '@nestjs/common'
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core'
import { FileInterceptor } from '@nestjs/platform-express'
import { IsNull, LessThan, Or, Repository } from 'typeorm'
`

test('interceptors ask decorators of the handler, and a handler of HTTP is of HTTP [SPEC-PACKS-01]', async () => {
  const all = await said(`${head}
const Closed = (is: boolean) => SetMetadata('closed', is)
@Injectable()
class Closing implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}
  intercept(context: ExecutionContext, next: CallHandler) {
    if (context.getType() === 'ws') throw new GoneException()
    if (this.reflector.get('closed', context.getHandler())) throw new MethodNotAllowedException('closed')
    return next.handle()
  }
}
@Controller('boats')
class Boats {
  @Get() all() { return [] }
  @Closed(true) @Get('old') old() { return [] }
}
@Module({ controllers: [Boats], providers: [{ provide: APP_INTERCEPTOR, useClass: Closing }] })
export class Harbour {}
`)
  expect(all.filter((one) => one.includes('405'))).toHaveLength(1)
  expect(all.find((one) => one.includes('405'))).toContain('/boats/old')
  expect(all.filter((one) => one.includes('410'))).toEqual([])
})

test('a body that a log reads is none beside a file that is uploaded [SPEC-EXTRACT-05]', async () => {
  const all = await said(`${head}
@Injectable()
class Logging implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    console.log(context.switchToHttp().getRequest().body)
    return next.handle()
  }
}
@Controller('boats')
class Boats {
  @Post() @UseInterceptors(FileInterceptor('picture')) add(@UploadedFile() file) { return { size: file.size } }
}
@Module({ controllers: [Boats], providers: [{ provide: APP_INTERCEPTOR, useClass: Logging }] })
export class Harbour {}
`)
  const bodies = all.filter((one) => one.includes(' a body of '))
  expect(bodies).toHaveLength(1)
  expect(bodies[0]).toContain('multipart/form-data')
})

test('what conditions of queries are made of never fails [SPEC-EXTRACT-06]', async () => {
  const all = await said(`${head}
@Injectable()
class Berths {
  constructor(private readonly berths: Repository<object>) {}
  async one(id: number) {
    try {
      return await this.berths.query('berth', { id, length: Or(LessThan(9), IsNull()) })
    } catch (error) {
      throw new NotFoundException('no such berth')
    }
  }
}
@Controller('berths')
class BerthsController {
  constructor(private readonly berths: Berths) {}
  @Get() one() { return this.berths.one(3) }
}
@Module({ controllers: [BerthsController], providers: [Berths] })
export class Harbour {}
`)
  const text = all.filter((one) => one.includes('404')).join('\n')
  expect(text).toContain('berths.query(…)')
  expect(text).not.toContain('IsNull')
  expect(text).not.toContain('LessThan')
})

test('whom a guard of Passport lets past stands in the request for the guards after it [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"kiln","dependencies":{"@nestjs/core":"10","@nestjs/passport":"10"}}',
    'src/may.guard.ts': `import { CanActivate, ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common'
@Injectable()
export class MayGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest()
    if (!user) throw new ForbiddenException('Nobody')
    if (!user.isPotter) throw new ForbiddenException('No potter')
    return true
  }
}
`,
    'src/pots.controller.ts': `import { Controller, Get, Post, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
import { MayGuard } from './may.guard'
@Controller('pots')
export class PotsController {
  @Get() @UseGuards(AuthGuard('jwt'), MayGuard) all() { return [] }
  @Post() @UseGuards(MayGuard) make() { return {} }
}
`,
  })
  const posts = factsOf(set.facts, 'operation')
    .filter(({ method }) => method === 'POST')
    .map(({ id }) => id)
  const said = factsOf(set.facts, 'error').map(
    ({ operation, status, message }) => `${posts.includes(operation) ? 'POST' : 'GET'} ${status} ${message}`,
  )
  expect(said.toSorted()).toEqual(['GET 401 ', 'GET 403 No potter', 'POST 403 No potter', 'POST 403 Nobody'])
})
