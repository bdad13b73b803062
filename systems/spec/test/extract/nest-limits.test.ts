import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('limits count no calls of what skips them, unless a handler says otherwise than its class [SPEC-EXTRACT-07]', async () => {
  const answers = await printedAnswers({
    'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10","@nestjs/throttler":"6"}}',
    'app.module.ts': `
import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard } from '@nestjs/throttler'
import { BerthsController, TidesController } from './harbour'
@Module({ controllers: [BerthsController, TidesController], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })
export class AppModule {}
`,
    'harbour.ts': `
import { Controller, Get } from '@nestjs/common'
import { SkipThrottle } from '@nestjs/throttler'
@SkipThrottle()
@Controller('berths')
export class BerthsController {
  @Get('all')
  all() { return [] }
  @SkipThrottle({ default: false })
  @Get('free')
  free() { return [] }
}
@Controller('tides')
export class TidesController {
  @Get()
  all() { return [] }
}
`,
  })
  expect(
    Object.fromEntries(
      Object.entries(answers).map(([path, all]) => [path, all.some((one) => one.startsWith('429'))]),
    ),
  ).toEqual({ '/berths/all': false, '/berths/free': true, '/tides': true })
})
