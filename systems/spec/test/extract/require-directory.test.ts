import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const routesOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({
    'package.json': '{"name":"loom","dependencies":{"koa":"2","koa-router":"8","require-directory":"2"}}',
    ...files,
  })
  return factsOf(set.facts, 'operation')
    .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
    .toSorted()
}
const part = (path: string) => `const Router = require('koa-router')
const router = new Router({ prefix: '/v1' })
router.get('${path}', async (ctx) => { ctx.body = [] })
module.exports = router
`

test('modules of a folder that require-directory visits are routed [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'app.js': `const Koa = require('koa')
const Setup = require('./core/setup')
const app = new Koa()
Setup.begin(app)
app.listen(3000)
`,
    'core/setup.js': `const Router = require('koa-router')
const requireDirectory = require('require-directory')
class Setup {
  static begin(app) {
    Setup.app = app
    Setup.load()
  }
  static load() {
    requireDirectory(module, \`\${process.cwd()}/app/api\`, { visit: take })
    function take(found) {
      if (found instanceof Router) Setup.app.use(found.routes())
    }
  }
}
module.exports = Setup
`,
    'app/api/threads.js': part('/threads'),
    'app/api/old/spools.js': part('/spools'),
    'app/api/words.js': 'module.exports = { warp: 1 }',
  })
  expect(found).toEqual(['proved GET /v1/spools', 'proved GET /v1/threads'])
})

test('a folder without a path is the one of the module that loads it, and gives its modules by their names [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'app.js': `const Koa = require('koa')
const parts = require('./parts')
const app = new Koa()
app.use(parts.dye.routes())
app.listen(3000)
`,
    'parts/index.js': "module.exports = require('require-directory')(module)",
    'parts/dye.js': part('/dyes'),
    'parts/cut.js': part('/cuts'),
  })
  expect(found).toEqual(['proved GET /v1/dyes'])
})

test('modules are found behind the names that module-alias gives to folders [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'package.json': '{"dependencies":{"koa":"2"},"_moduleAliases":{"@":".","@parts":"app/parts"}}',
    'app.js': `require('module-alias/register')
const Koa = require('koa')
const app = new Koa()
app.use(require('@parts/felt').routes())
app.use(require('@/app/wool').routes())
app.listen(3000)
`,
    'app/parts/felt.js': part('/felts'),
    'app/wool.js': part('/wools'),
  })
  expect(found).toEqual(['proved GET /v1/felts', 'proved GET /v1/wools'])
})
