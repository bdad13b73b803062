import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test.each([
  ['./', 'src/checks/fresh'],
  ['.', 'src/checks/fresh'],
  ['./src/', 'checks/fresh'],
])(
  'a folder that names of modules begin at is read as it is written, %s [SPEC-EXTRACT-01]',
  async (base, name) => {
    const { set } = await extractFiles({
      'package.json': '{"dependencies":{"@nestjs/common":"11"}}',
      'tsconfig.json': `{"compilerOptions":{"baseUrl":"${base}"}}`,
      'src/checks/fresh.ts': `import { PreconditionFailedException } from '@nestjs/common'
export function fresh(since) {
  if (since < 7) throw new PreconditionFailedException('Stale')
}
`,
      'src/eggs.ts': `import { Controller, Get, Query } from '@nestjs/common'
import { fresh } from '${name}'
@Controller('eggs')
export class Eggs {
  @Get() all(@Query('since') since: number) {
    fresh(since)
    return []
  }
}
`,
    })
    expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([412])
  },
)
