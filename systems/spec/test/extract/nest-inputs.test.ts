import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const nest = async (pipe: string, methods: string): Promise<string[]> => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"11.0.0","class-validator":"0.14.0"}}',
    'main.ts': `
import { NestFactory } from '@nestjs/core'
import { ValidationPipe } from '@nestjs/common'
import { Meadow } from './app'
const app = await NestFactory.create(Meadow)
${pipe}
await app.listen(3000)
`,
    'app.ts': `
import { Body, Controller, Get, Module, Param, ParseIntPipe, Patch, Post, Query } from '@nestjs/common'
import { IsOptional, IsString } from 'class-validator'
class Change {
  @IsOptional()
  @IsString()
  name: string
}
class Made {
  @IsString()
  name: string
}
class Loose {
  name: string
}
@Controller('moths')
class Moths {
${methods}
}
@Module({ controllers: [Moths] })
export class Meadow {}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts.flatMap((fact) =>
    'operation' in fact && fact.kind !== 'response'
      ? [
          sayFact(fact, titles.get(fact.operation) ?? '')
            .replaceAll(/a client sends |the service SHALL |for /g, '')
            .trim(),
        ]
      : [],
  )
}

test('a body is required where a pipe refuses what its class asks for, and what asks nothing is never refused [SPEC-EXTRACT-05]', async () => {
  const methods = `
  @Patch('change')
  change(@Body() body: Change) { return 1 }
  @Post('made')
  made(@Body() body: Made) { return 1 }
  @Post('loose')
  loose(@Body() body: Loose) { return 1 }`
  expect(await nest('app.useGlobalPipes(new ValidationPipe())', methods)).toEqual([
    'WHEN PATCH /moths/change, take a body of application/json with Change.',
    'IF, PATCH /moths/change, the request does not fit what is declared, THEN answer 400.',
    'WHEN POST /moths/made, require a body of application/json with Made.',
    'IF, POST /moths/made, the request does not fit what is declared, THEN answer 400.',
    'WHEN POST /moths/loose, take a body of application/json with Loose.',
    'IF, POST /moths/loose, the body can not be read, THEN answer 400.',
  ])
})

test('parts of a body are fields of one, required where their own pipe refuses what is missing [SPEC-EXTRACT-05]', async () => {
  expect(
    await nest(
      'app.useGlobalPipes(new ValidationPipe())',
      `
  @Post()
  make(@Body('name') name: string, @Body('count', ParseIntPipe) count: number) { return 1 }`,
    ),
  ).toContain(
    'WHEN POST /moths, require a body of application/json with name (string), count (integer, required).',
  )
})

test('a parameter is a text where no pipe makes a number of it [SPEC-EXTRACT-05]', async () => {
  const methods = `
  @Get(':id')
  one(@Param('id') id: number, @Query('page') page: number, @Query('size', ParseIntPipe) size: number) { return 1 }`
  const takes = (all: string[]) => all.filter((one) => one.includes('parameter') && !one.startsWith('IF'))
  expect(takes(await nest('app.useGlobalPipes(new ValidationPipe())', methods))).toEqual([
    'WHEN GET /moths/{id}, require the path parameter id.',
    'WHEN GET /moths/{id}, take the query parameter page.',
    'WHEN GET /moths/{id}, take the query parameter size (integer).',
  ])
  expect(takes(await nest('app.useGlobalPipes(new ValidationPipe({ transform: true }))', methods))).toEqual([
    'WHEN GET /moths/{id}, require the path parameter id (number).',
    'WHEN GET /moths/{id}, take the query parameter page (number).',
    'WHEN GET /moths/{id}, take the query parameter size (integer).',
  ])
})
