import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const shelves = `
import { ConflictException, GoneException, Get, Injectable, Param } from '@nestjs/common'
export class Jar { label: string }
export class Pot { glaze: string }
export abstract class Shelf<T> { abstract take(id: string): T }
@Injectable() export class JarShelf extends Shelf<Jar> {
  take(id: string): Jar {
    if (id === 'cracked') throw new ConflictException('jar')
    return new Jar()
  }
}
@Injectable() export class PotShelf extends Shelf<Pot> {
  take(id: string): Pot {
    if (id === 'sold') throw new GoneException('pot')
    return new Pot()
  }
}
export class Ladder<T> {
  constructor(private shelf: Shelf<T>) {}
  reach(id: string): T { return this.shelf.take(id) }
}
export abstract class Rack<T> {
  constructor(protected readonly shelf: Shelf<T>) {}
  @Get(':id') get(@Param('id') id: string): T { return this.shelf.take(id) }
}
`

test.each([
  [
    'its constructor',
    `class Jars { private ladder: Ladder<Jar>; constructor(jars: JarShelf) { this.ladder = new Ladder(jars) }
    @Get(':id') get(@Param('id') id: string) { return this.ladder.reach(id) } }`,
  ],
  [
    'the constructor of what it extends',
    'class Jars extends Rack<Jar> { constructor(jars: JarShelf) { super(jars) } }',
  ],
])('what a field of a class of Nest holds is known by %s [SPEC-EXTRACT-01]', async (_, controller) => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10"}}',
    'src/shelves.ts': shelves,
    'src/main.ts': `
import { Controller, Get, Module, Param } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Jar, JarShelf, Ladder, PotShelf, Rack } from './shelves'
@Controller('jars') ${controller}
@Module({ controllers: [Jars], providers: [JarShelf, PotShelf] }) class App {}
NestFactory.create(App).then((app) => app.listen(3000))
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status, grade }) => `${status} ${grade}`)).toEqual(['409 proved'])
})
