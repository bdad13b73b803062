import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('an error of a handler of Nest is what interceptors around it make of it; one of a guard comes to none [SPEC-EXTRACT-07]', async () => {
  const files = {
    'package.json': '{"dependencies":{"@nestjs/common":"11","@nestjs/core":"11","rxjs":"7"}}',
    'src/main.ts': `
import { NestFactory } from '@nestjs/core'
import { Harbour } from './harbour'
NestFactory.create(Harbour).then((app) => app.listen(3000))
`,
    'src/harbour.ts': `
import { Module } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { Berths } from './berths'
import { Mapper } from './mapper'
@Module({ controllers: [Berths], providers: [{ provide: APP_INTERCEPTOR, useClass: Mapper }] })
export class Harbour {}
`,
    'src/troubles.ts': `
export class Trouble extends Error {}
export class Sunk extends Trouble {}
export class Full extends Trouble {}
`,
    'src/mapper.ts': `
import { BadRequestException, Injectable, NotFoundException } from '@nestjs/common'
import { catchError } from 'rxjs/operators'
import { Sunk, Trouble } from './troubles'
@Injectable()
export class Mapper {
  intercept(context, next) {
    return next.handle().pipe(catchError((error) => {
      if (error instanceof Trouble) throw this.mapped(error)
      throw error
    }))
  }
  mapped(error: Trouble) {
    return error instanceof Sunk ? new NotFoundException() : new BadRequestException()
  }
}
`,
    'src/berths.ts': `
import { ConflictException, Controller, Get, Query, UseGuards } from '@nestjs/common'
import { Full, Sunk } from './troubles'
class Gate {
  canActivate(context) {
    if (!context.switchToHttp().getRequest().headers.key) throw new Sunk()
    return true
  }
}
@Controller()
export class Berths {
  @Get('a') a(@Query('at') at: string) {
    if (at === 'sea') throw new Sunk()
    if (at === 'quay') throw new Full()
    if (at === 'sky') throw new ConflictException()
    return {}
  }
  @UseGuards(Gate) @Get('b') b() {
    return {}
  }
}
`,
  }
  expect(await printedAnswers(files)).toEqual({
    '/a': [
      '404 where query.at == sea',
      '400 where query.at != sea and query.at == quay',
      '409 where query.at != quay and query.at != sea and query.at == sky',
      '200',
    ],
    '/b': ['500 where !header.key', '200'],
  })
})
