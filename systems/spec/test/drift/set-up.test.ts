import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { isNote } from '../../src/drift/compare-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit, Files } from './marked.ts'

async function drifts(files: Files, edit: Edit) {
  const [was, is] = [await extractFiles(files), await extractFiles(edited(files, edit))]
  const changes = await changesBetween(was, is)
  const told = compareSets(was.set, is.set, changes).drifts.filter((one) => !isNote(one))
  return {
    told: told.map(({ requirement, after, usedBy }) => [requirement, after, ...usedBy]),
    rest: changes.elsewhere,
  }
}

const ferries: Files = {
  'package.json': '{"dependencies":{"@nestjs/core":"10","@nestjs/common":"10"}}',
  'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { Sieve } from 'sieves'
import { Ledger } from 'ledgers'
import { AppModule } from './app.module'

async function start() {
  const app = await NestFactory.create(AppModule)
  const ledger = new Ledger()
  app.setGlobalPrefix('v1')
  app.useSieve(
    new Sieve({
      fine: true,
    }),
  )
  ledger.open({ pages: 40 })
  await app.listen(80)
}
start()
`,
  'src/app.module.ts': `import { Module } from '@nestjs/common'
import { FerryController } from './ferry.controller'
import { Tides } from './tides'
@Module({ controllers: [FerryController], providers: [Tides] })
export class AppModule {}
`,
  'src/tides.ts': `import { Injectable } from '@nestjs/common'
import { Gauge } from 'gauges'
@Injectable()
export class Tides extends Gauge {
  constructor() {
    super({ metres: true })
  }
  high(name: string) {
    return this.read(name) > 4
  }
}
`,
  'src/ferry.dto.ts': `import { IsCode } from 'codes'
import { IsString } from 'class-validator'
export class FerryDto {
  @IsCode('short')
  code: string
  @IsString()
  name: string
}
`,
  'src/ferry.controller.ts': `import { Body, Controller, Get, Param, Post } from '@nestjs/common'
import { Tides } from './tides'
import { FerryDto } from './ferry.dto'
@Controller('ferries')
export class FerryController {
  constructor(private readonly tides: Tides) {}
  @Get(':name')
  one(@Param('name') name: string) {
    return { goes: this.tides.high(name) }
  }
  @Post()
  add(@Body() ferry: FerryDto) {
    return { name: ferry.name }
  }
}
`,
}

test('tells what is set up on the application of all operations that are put on it [SPEC-DRIFT-08]', async () => {
  const { told, rest } = await drifts(ferries, { 'src/main.ts': [['fine: true', 'fine: false']] })
  expect(told).toEqual([
    ['GET /v1/ferries/{name}', '`fine: false,`'],
    ['POST /v1/ferries', '`fine: false,`'],
  ])
  expect(rest).toEqual([])
})

test('tells what is set up of nothing else of no operation, and another path once [SPEC-DRIFT-08]', async () => {
  const other = await drifts(ferries, { 'src/main.ts': [['pages: 40', 'pages: 41']] })
  expect(other.told).toEqual([])
  expect(other.rest).toHaveLength(1)
  const moved = await drifts(ferries, { 'src/main.ts': [["'v1'", "'v2'"]] })
  expect(moved.told.map(([requirement]) => requirement)).toEqual([
    'GET /v1/ferries/{name}',
    'POST /v1/ferries',
  ])
})

test('tells how a thing is made of the operations that run its methods [SPEC-DRIFT-08]', async () => {
  const { told } = await drifts(ferries, { 'src/tides.ts': [['metres: true', 'metres: false']] })
  expect(told.map(([requirement]) => requirement)).toEqual(['GET /v1/ferries/{name}'])
})

test('tells what fields of bodies are decorated with [SPEC-DRIFT-07]', async () => {
  for (const [from, to] of [
    ["@IsCode('short')", "@IsCode('long')"],
    ["@IsCode('short')", "@IsWord('short')"],
    ["  @IsCode('short')\n", ''],
  ] as [string, string][]) {
    const { told } = await drifts(ferries, { 'src/ferry.dto.ts': [[from, to]] })
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('POST /v1/ferries')
  }
})
