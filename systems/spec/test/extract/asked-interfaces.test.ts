import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a class of TypeScript has its own fields and those that it extends, not what an interface leaves open [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': JSON.stringify({ dependencies: { '@nestjs/common': '*', '@nestjs/core': '*' } }),
    'src/main.ts': `
import { NestFactory } from '@nestjs/core'
import { Module, Controller, Post, Body } from '@nestjs/common'
interface Moored { berth?: string; ship: string }
interface Billed extends Moored { account?: string }
class Base { id: string }
class Stay extends Base implements Billed { ship: string; nights: number }
@Controller('stays')
class Stays {
  @Post()
  book(@Body() stay: Stay): Stay { return stay }
}
@Module({ controllers: [Stays] })
class App {}
async function start() { const app = await NestFactory.create(App); await app.listen(1) }
start()
`,
  })
  const stay = factsOf(set.facts, 'model').find(({ name }) => name === 'Stay')
  expect(stay?.fields.map(({ name }) => name)).toEqual(['id', 'ship', 'nights'])
})
