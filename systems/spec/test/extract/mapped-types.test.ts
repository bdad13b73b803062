import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what Nest makes of classes has their fields: all, some, all but some, or none that is needed [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10","@nestjs/swagger":"7"}}',
    'main.ts': `
import { NestFactory } from '@nestjs/core'
import { Body, Controller, Module, Patch, Post, Put, ValidationPipe } from '@nestjs/common'
import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger'
import { IsString, MaxLength } from 'class-validator'
class Crate {
  @IsString() @MaxLength(20) label: string
  @IsString() owner: string
}
class NewCrate extends OmitType(Crate, ['owner'] as const) {}
class ChangedCrate extends PartialType(NewCrate) {}
class Hook { @IsString() size: string }
class HookedCrate extends IntersectionType(PickType(Crate, ['owner']), PartialType(Hook)) {
  @IsString() place: string
}
@Controller('crates')
class Crates {
  @Post() add(@Body() crate: NewCrate) { return 'added' }
  @Patch() change(@Body() crate: ChangedCrate) { return 'changed' }
  @Put() hook(@Body() crate: HookedCrate) { return 'hooked' }
}
@Module({ controllers: [Crates] })
class App {}
NestFactory.create(App).then((app) => {
  app.useGlobalPipes(new ValidationPipe())
  return app.listen(80)
})
`,
  })
  const models = factsOf(set.facts, 'model').map(({ name, fields }) => [
    name,
    fields.map((field) => `${field.name}${field.isRequired ? '' : '?'}`).join(' '),
  ])
  expect(Object.fromEntries(models)).toEqual({
    NewCrate: 'label',
    ChangedCrate: 'label?',
    HookedCrate: 'owner size? place',
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([400, 400, 400])
})
