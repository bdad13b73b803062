import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('what fails in a promise that nobody waits for is no answer [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"10"}}',
      'boats.ts': `
import { BadRequestException, ConflictException, Controller, Get, Injectable, Query } from '@nestjs/common'
@Injectable()
export class Log {
  async note(id: string) {
    if (!id) throw new BadRequestException('no id')
    await this.db.put(id)
  }
  asked(id: string) {
    if (id === 'x') throw new ConflictException('taken')
    return this.note(id)
  }
  async fails() { throw new ConflictException('never told') }
}
@Controller('boats')
export class Boats {
  constructor(private readonly log: Log) {}
  @Get('alone') async alone(@Query('id') id: string) { this.log.note(id); return { id } }
  @Get('void') async empty(@Query('id') id: string) { void this.log.note(id); return { id } }
  @Get('fails') async fails(@Query('id') id: string) { this.log.fails(); return { id } }
  @Get('then') async then(@Query('id') id: string) {
    this.log.note(id).then(() => { if (id === 'y') throw new ConflictException('late') })
    return { id }
  }
  @Get('asked') async asked(@Query('id') id: string) { this.log.asked(id); return { id } }
  @Get('each') async each(@Query('ids') ids: string[]) {
    ids.forEach(async (id) => { if (!id) throw new BadRequestException('no id') })
    return { ids }
  }
  @Get('tried') async tried(@Query('id') id: string) {
    try { this.log.note(id) } catch { throw new ConflictException('not noted') }
    return { id }
  }
  @Get('waited') async waited(@Query('id') id: string) { await this.log.note(id); return { id } }
}
`,
    }),
  )
  expect(found.statuses).toEqual({
    'GET /boats/alone': [200],
    'GET /boats/void': [200],
    'GET /boats/fails': [200],
    'GET /boats/then': [200],
    'GET /boats/asked': [200, 409],
    'GET /boats/each': [200],
    'GET /boats/tried': [200],
    'GET /boats/waited': [200, 400],
  })
})
