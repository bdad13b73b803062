import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const harbour = (kept: string) => ({
  'package.json': '{"dependencies":{"@nestjs/common":"10","@nestjs/core":"10"}}',
  'mooring.ts': `
import { Injectable, NotFoundException } from '@nestjs/common'
export enum Kept { ON = 'on', OFF = 'off' }
@Injectable()
export class Mooring {
  protected isKept: boolean
  protected log: any
  execute(name: string, kept: Kept = Kept.OFF) {
    this.isKept = kept === Kept.ON
    if (this.isKept) this.begin()
    return { name }
  }
  private begin() {
    if (!this.log) throw new NotFoundException()
  }
}
`,
  'berths.controller.ts': `
import { Controller, Get, Query } from '@nestjs/common'
import { Kept, Mooring } from './mooring'
@Controller('berths')
export class BerthsController {
  constructor(private readonly mooring: Mooring) {}
  @Get()
  one(@Query('name') name: string) {
    return this.mooring.execute(name${kept})
  }
}
`,
})

test('what a handler notes on a thing that was given to it is so where it asks for that [SPEC-EXTRACT-07]', async () => {
  const statuses = async (kept: string) =>
    factsOf((await extractFiles(harbour(kept))).set.facts, 'error').map(({ status }) => status)
  expect(await statuses('')).toEqual([])
  expect(await statuses(', Kept.ON')).toEqual([404])
})
