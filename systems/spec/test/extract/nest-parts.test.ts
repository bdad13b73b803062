import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

test('a body whose parts a composed decorator reads is of a form, with its files [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"10","nestjs-form-data":"1"}}',
    'boats.ts': `
import { applyDecorators, Body, Controller, Post } from '@nestjs/common'
import { FormDataRequest, MemoryStoredFile } from 'nestjs-form-data'
const Sails = (name = 'sail') => applyDecorators(FormDataRequest(), Named(name))
class SailDto { sail: MemoryStoredFile }
class BoatDto { name: string }
@Controller('boats')
export class Boats {
  @Post('sail') @Sails('sail') sail(@Body() dto: SailDto) { return dto }
  @Post() add(@Body() dto: BoatDto) { return dto }
}
`,
  })
  const { facts } = set
  expect(facts.flatMap((one) => (one.kind === 'body' ? [one.mediaType] : [])).toSorted()).toEqual([
    'application/json',
    'multipart/form-data',
  ])
  expect(JSON.stringify(facts.filter((one) => one.kind === 'model'))).toContain('"type":"file"')
})

test('all parameters of a request are an object, whatever asks [SPEC-EXTRACT-10]', async () => {
  const files = {
    'package.json': '{"dependencies":{"@nestjs/common":"10"}}',
    'boats.ts': `
import { BadRequestException, Controller, createParamDecorator, Get } from '@nestjs/common'
const has = (of, name) => {
  if (!of || typeof of !== 'object') return false
  return Object.hasOwn(of, name)
}
const Harbour = createParamDecorator((data, ctx) => {
  const { query } = ctx.switchToHttp().getRequest()
  if (has(query, 'harbour') && typeof query.harbour === 'string' && query.harbour.length > 0) return query.harbour
  throw new BadRequestException('which harbour')
})
@Controller('boats')
export class Boats {
  @Get() all(@Harbour() harbour: string) { return harbour }
}
`,
  }
  expect((await printedAnswers(files))['/boats']).toEqual(['400 open', '200'])
})
