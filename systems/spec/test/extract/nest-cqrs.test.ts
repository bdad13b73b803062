import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('what a bus of Nest is handed does what its one handler does [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'package.json': '{"dependencies":{"@nestjs/core":"10","@nestjs/common":"10","@nestjs/cqrs":"10"}}',
      'main.ts': `
import { Body, ConflictException, Controller, Get, Module, NotFoundException, Param, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { CommandBus, CommandHandler, CqrsModule, QueryBus, QueryHandler } from '@nestjs/cqrs'
import { harbour } from 'some-harbour'
class Moor { constructor(readonly name: string) {} }
class Find { constructor(readonly id: string) {} }
class Count {}
@CommandHandler(Moor) export class MoorHandler {
  async execute({ name }: Moor) {
    if (await harbour.named(name)) throw new ConflictException('is moored')
    return harbour.moor(name)
  }
}
@QueryHandler(Find) export class FindHandler {
  async execute(query: Find) {
    const boat = await harbour.find(query.id)
    if (!boat) throw new NotFoundException('no boat')
    return { boat }
  }
}
@Controller('boats') export class Boats {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}
  @Get(':id') one(@Param('id') id: string) { return this.queries.execute(new Find(id)) }
  @Get() count() { return this.queries.execute(new Count()) }
  @Post() moor(@Body('name') name: string) { return this.commands.execute(new Moor(name)) }
}
@Module({ imports: [CqrsModule], controllers: [Boats], providers: [MoorHandler, FindHandler] }) export class Harbour {}
NestFactory.create(Harbour).then((app) => app.listen(3000))
`,
    }),
  ).toEqual([
    'IF, for GET /boats/{id}, `harbour.find(path.id)` is missing, THEN the service SHALL answer 404 and say "no boat".',
    'IF, for POST /boats, `harbour.named(body.name)` is there, THEN the service SHALL answer 409 and say "is moored".',
    'IF, for POST /boats, the body can not be read, THEN the service SHALL answer 400.',
  ])
})
