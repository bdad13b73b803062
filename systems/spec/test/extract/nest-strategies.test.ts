import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

// What is told of answers and guards of a controller of oars, behind guards of Passport.
async function told(controller: string, look: (set: FactSet) => void = () => {}) {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11","@nestjs/passport":"^11"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { OarsModule } from './oars.module'
async function bootstrap() {
  const app = await NestFactory.create(OarsModule)
  await app.listen(3000)
}
bootstrap()
`,
    'src/strategies.ts': `import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { Strategy } from 'passport-jwt'
import { Strategy as LocalStrategy } from 'passport-local'
import { Rowers } from './rowers'

@Injectable()
export class CardStrategy extends PassportStrategy(Strategy, 'card') {
  constructor(private readonly rowers: Rowers) {
    super({ secretOrKey: process.env.SECRET })
  }
  async validate(payload) {
    const rower = await this.rowers.find(payload.sub)
    if (!rower) throw new UnauthorizedException('No such rower')
    if (rower.isBarred) throw new ForbiddenException('Barred')
    return rower
  }
}

@Injectable()
export class DeskStrategy extends PassportStrategy(LocalStrategy) {
  constructor(private readonly rowers: Rowers) {
    super({ usernameField: 'badge' })
  }
  async validate(badge: string, password: string) {
    const rower = await this.rowers.find(badge)
    if (!rower) throw new UnauthorizedException('Unknown badge')
    return rower
  }
}
`,
    'src/oars.module.ts': `import { CanActivate, Controller, Delete, ExecutionContext, Get, Injectable, Module, Post, UnauthorizedException, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
import { CardStrategy, DeskStrategy } from './strategies'

@Injectable()
export class CardGuard extends AuthGuard('card') {}
@Injectable()
export class DeskGuard extends AuthGuard('local') {}
@Injectable()
export class MaybeGuard extends AuthGuard('card') {
  handleRequest(error, rower) {
    return rower || undefined
  }
}
@Injectable()
export class BoatGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    if (request.headers.boatkey !== process.env.BOAT_KEY) throw new UnauthorizedException('Not from a boat')
    return true
  }
}
@Injectable()
export class CoxGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    return context.switchToHttp().getRequest().user?.isCox === true
  }
}

@Controller('oars')
export class OarsController {
${controller}
}

@Module({ controllers: [OarsController], providers: [CardStrategy, DeskStrategy] })
export class OarsModule {}
`,
  })
  look(set)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts
    .flatMap((fact) =>
      fact.kind === 'error' || fact.kind === 'guard' ? [sayFact(fact, titles.get(fact.operation) ?? '')] : [],
    )
    .toSorted()
}
const get = 'WHEN a client sends GET /oars'

test('what a strategy of Passport throws of who shows a token is what its guard answers [SPEC-EXTRACT-08]', async () => {
  const found = await told(`  @Get()
  @UseGuards(CardGuard)
  all() {
    return []
  }`)
  expect(found.filter((one) => /No such rower|Barred/.test(one))).toHaveLength(2)
  expect(found).toContain(`${get}, the service SHALL answer 401 to a caller who is not signed in.`)
})

test('a guard by a name and a password in the body asks for these, and for nobody who is signed in [SPEC-EXTRACT-08]', async () => {
  const found = await told(`  @Post('in')
  @UseGuards(DeskGuard)
  in() {
    return {}
  }`)
  expect(found.join('\n')).not.toContain('not signed in')
  expect(found.some((one) => one.includes('Unknown badge'))).toBe(true)
  expect(found.some((one) => one.includes('badge is missing') && one.includes('401'))).toBe(true)
  expect(found).toContain('WHEN a client sends POST /oars/in, the service SHALL ask `DeskGuard` first.')
})

test('a key that all callers share, and a guard that lets everybody pass, ask nobody who he is [SPEC-EXTRACT-08]', async () => {
  const found = await told(`  @Get()
  @UseGuards(BoatGuard, MaybeGuard)
  all() {
    return []
  }`)
  expect(found.join('\n')).not.toContain('not signed in')
  expect(found.some((one) => one.includes('`BoatGuard`'))).toBe(true)
  expect(found.some((one) => one.includes('Not from a boat'))).toBe(true)
})

test('a guard by a right that comes before the one that asks who calls answers nothing of who is not signed in [SPEC-EXTRACT-08]', async () => {
  const of = (guards: string) =>
    told(`  @Get()
  @UseGuards(${guards.replaceAll('; ', ')\n  @UseGuards(')})
  all() {
    return []
  }`)
  const refused = `${get}, the service SHALL refuse a caller whom \`CoxGuard\` does not let pass`
  const signedIn = `${refused}, and answer 401 to one who is not signed in.`
  expect(await of('CoxGuard, CardGuard')).toContain(`${refused}.`)
  expect(await of('CardGuard, CoxGuard')).toContain(signedIn)
  // Of several decorators the last one is made first.
  expect(await of('CardGuard; CoxGuard')).toContain(`${refused}.`)
  expect(await of('CoxGuard; CardGuard')).toContain(signedIn)
})

test('a guard that only looks for a token makes no body of an operation [SPEC-EXTRACT-08]', async () => {
  const bodies: string[] = []
  await told(
    `  @Delete(':id')
  @UseGuards(CardGuard)
  remove() {
    return 'gone'
  }
  @Delete('desk/:id')
  @UseGuards(DeskGuard)
  leave() {
    return 'gone'
  }`,
    (set) => {
      const paths = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one.path]))
      bodies.push(...factsOf(set.facts, 'body').map((one) => paths.get(one.operation) ?? ''))
    },
  )
  expect(bodies).toEqual(['/oars/desk/{id}'])
})
