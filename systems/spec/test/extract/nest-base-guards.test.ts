import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// What is told of answers and guards of one handler behind a guard that extends Passport's.
async function told(guard: string) {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11","@nestjs/passport":"^11"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { BuoysModule } from './buoys.module'
async function bootstrap() {
  const app = await NestFactory.create(BuoysModule)
  await app.listen(3000)
}
bootstrap()
`,
    'src/buoys.module.ts': `import { CanActivate, Controller, ExecutionContext, ForbiddenException, Get, Injectable, Module, NotFoundException, UnauthorizedException, UseGuards } from '@nestjs/common'
import { AuthGuard, PassportStrategy } from '@nestjs/passport'
import { Strategy } from 'passport-jwt'

@Injectable()
export class CardStrategy extends PassportStrategy(Strategy, 'card') {
  async validate(payload) {
    if (payload.isLost) throw new UnauthorizedException('A lost card')
    return payload
  }
}
export class CardGuard extends AuthGuard('card') {}

@Injectable()
export class BuoyGuard ${guard}

@Controller('buoys')
export class BuoysController {
  @Get()
  @UseGuards(BuoyGuard)
  all() {
    return []
  }
}
@Module({ controllers: [BuoysController], providers: [CardStrategy] })
export class BuoysModule {}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const of = (fact: (typeof set.facts)[number]) =>
    'operation' in fact ? sayFact(fact, titles.get(fact.operation) ?? '') : ''
  return {
    errors: factsOf(set.facts, 'error').map(of).toSorted(),
    guards: factsOf(set.facts, 'guard').map(of).toSorted(),
    questions: set.questions.map(({ text }) => text),
  }
}
const unknown = 'IF, for GET /buoys, the caller is not signed in, THEN the service SHALL answer'

test('what a guard refuses with in place of the error of Passport that it catches is told, and not that error [SPEC-EXTRACT-08]', async () => {
  const { errors, questions } = await told(`extends CardGuard {
  async canActivate(context: ExecutionContext) {
    try {
      return (await super.canActivate(context)) as boolean
    } catch (error) {
      throw new NotFoundException('No such buoy')
    }
  }
}`)
  expect(errors).toEqual([
    'IF, for GET /buoys, the caller is not signed in, or `payload.isLost` holds (in `CardStrategy.validate`), THEN the service SHALL answer 404 and say "No such buoy".',
  ])
  expect(questions).toEqual([])
})

test('a guard that lets pass whomever Passport refuses refuses nobody [SPEC-EXTRACT-08]', async () => {
  const { errors, guards } = await told(`extends AuthGuard('card') {
  async canActivate(context: ExecutionContext) {
    try {
      await super.canActivate(context)
    } catch {}
    return true
  }
}`)
  expect(errors).toEqual([])
  expect(guards).toEqual(['WHEN a client sends GET /buoys, the service SHALL ask `BuoyGuard` first.'])
})

test('what handles what Passport found refuses for it: whom nobody knows, and whom it knows [SPEC-EXTRACT-08]', async () => {
  const { errors, questions } = await told(`extends AuthGuard('card') {
  handleRequest(error, skipper) {
    if (error) throw error
    if (!skipper) throw new ForbiddenException('Show a card')
    if (skipper.isBarred) throw new NotFoundException('Nothing here')
    return skipper
  }
}`)
  expect(errors).toHaveLength(3)
  expect(errors).toContain(`${unknown} 403 and say "Show a card".`)
  expect(errors.some((one) => one.includes('isBarred` holds') && one.includes('answer 404'))).toBe(true)
  expect(errors.some((one) => one.includes('answer 401') && one.includes('A lost card'))).toBe(true)
  expect(questions).toEqual([])
})

test('what handles what Passport found and hands it to Passport answers as that does [SPEC-EXTRACT-08]', async () => {
  const { errors } = await told(`extends AuthGuard('card') {
  handleRequest(error, skipper, info, context) {
    if (skipper && skipper.isBarred) throw new NotFoundException('Nothing here')
    return super.handleRequest(error, skipper, info, context)
  }
}`)
  expect(errors).toContain(`${unknown} 401.`)
  expect(errors.some((one) => one.includes('answer 404'))).toBe(true)
})

test('a guard that answers by itself and then says no has answered [SPEC-EXTRACT-08]', async () => {
  const { errors, questions } = await told(`implements CanActivate {
  canActivate(context: ExecutionContext) {
    const http = context.switchToHttp()
    if (!http.getRequest().headers['x-toll']) {
      http.getResponse().status(402).json({ message: 'Pay the toll' })
      return false
    }
    return true
  }
}`)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain('the header x-toll is missing, THEN the service SHALL answer 402')
  expect(questions.filter((one) => one.startsWith('When'))).toEqual([])
})
