import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const files = (last: string) => ({
  'package.json': '{"dependencies":{"@nestjs/common":"10","jsonwebtoken":"9"}}',
  'boats.ts': `
import { BadRequestException, Controller, createParamDecorator, Get, Module, UnauthorizedException } from '@nestjs/common'
import jwt from 'jsonwebtoken'
class Aboard {
  use(req, res, next) {
    const token = req.headers['x-token']
    if (!token) throw new UnauthorizedException('no token')
    const data = jwt.verify(token, 'secret')
    const id = data.id
    if (!id) throw new UnauthorizedException('no id')
    req.sailor = { id, ship: data.ship ?? null }
    ${last}
    next()
  }
}
const SailorId = createParamDecorator((data, ctx) => {
  const id = ctx.switchToHttp().getRequest().sailor?.id
  if (!id) throw new BadRequestException('who')
  return id
})
const Ship = createParamDecorator((data, ctx) => {
  const ship = ctx.switchToHttp().getRequest().sailor.ship
  if (!ship) throw new BadRequestException('no ship')
  return ship
})
@Controller('boats')
export class Boats {
  @Get('mine') mine(@SailorId() id: string) { return { id } }
  @Get('ship') ship(@Ship() ship: string) { return { ship } }
}
@Module({ controllers: [Boats] })
export class App {
  configure(consumer) { consumer.apply(Aboard).forRoutes(Boats) }
}
`,
})
const bad = (found: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(found).map(([path, all]) => [path, all.filter((one) => one.startsWith('400'))]),
  )

test('a part of what middleware put together for a request is there where it was made of what is there [SPEC-EXTRACT-10]', async () => {
  expect(bad(await printedAnswers(files('')))).toEqual({
    '/boats/mine': [],
    '/boats/ship': ['400 no ship where !req.sailor.ship'],
  })
  expect(bad(await printedAnswers(files('req.sailor = crew(data)')))).toEqual({
    '/boats/mine': ['400 who where !req.sailor.id'],
    '/boats/ship': ['400 no ship where !req.sailor.ship'],
  })
})
