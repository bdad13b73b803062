import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const routesOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'package.json': '{"name":"kiln"}', ...files })
  return factsOf(set.facts, 'operation')
    .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
    .toSorted()
}

const part = (path: string) => `const { Router } = require('express')
const router = Router()
router.get('${path}', (req, res) => res.json([]))
module.exports = router
`

test('files that a program lists and loads by their names are routed, those that it passes over are not [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'app.js': `const express = require('express')
const app = express()
require('./lib/load')(app, __dirname + '/routes')
app.listen(80)
`,
    'lib/load.js': `const fs = require('fs')
const path = require('path')
module.exports = (app, dir) => {
  fs.readdirSync(dir).filter((file) => file.indexOf('.') !== 0 && file !== 'helpers.js').forEach(function (file) {
    const full = path.join(dir, file)
    if (fs.statSync(full).isDirectory()) return
    if (file.endsWith('-routes.js')) {
      const module = require(full)
      app.use('/' + path.basename(file, '-routes.js'), module)
    }
  })
}
`,
    'routes/bowls-routes.js': part('/all'),
    'routes/helpers.js': part('/help'),
    'routes/old/jars-routes.js': part('/jars'),
  })
  expect(found).toEqual(['proved GET /bowls/all'])
})

test('files that match a pattern, and folders that are read with what kind each entry is, are loaded [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'src/app.mjs': `import express from 'express'
import { globSync } from 'glob'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
const app = express()
for (const file of globSync('src/parts/**/*.route.js')) app.use('/parts', (await import(path.resolve(file))).default)
for (const entry of await readdir(path.join(import.meta.dirname, 'more'), { withFileTypes: true }))
  if (entry.isDirectory()) app.use('/more', (await import(\`./more/\${entry.name}/index.js\`)).default)
app.listen(80)
`,
    'src/parts/a/glaze.route.js': part('/glaze'),
    'src/parts/a/glaze.js': part('/none'),
    'src/more/wheel/index.js': part('/wheel'),
    'src/more/other.js': part('/other'),
  })
  expect(found).toEqual(['proved GET /more/wheel', 'proved GET /parts/glaze'])
})

test('a name of a block hides the one around it and leaves it as it was [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'app.js': `const express = require('express')
const app = express()
let base = '/kilns'
if (app) { const base = '/inner'; app.get(base, (req, res) => res.end()) }
app.get(base, (req, res) => res.end())
app.listen(80)
`,
  })
  expect(found).toEqual(['proved GET /inner', 'proved GET /kilns'])
})

test('an import of a folder or a file by its name from the base of a program is found there, in each program its own [SPEC-EXTRACT-09]', async () => {
  const found = await routesOf({
    'web/tsconfig.json': '{"compilerOptions":{"baseUrl":"./src"}}',
    'web/src/paths/index.ts': `export const base = '/web'`,
    'api/tsconfig.json': '{"compilerOptions":{"baseUrl":"./src",},}',
    'api/src/paths/index.ts': `export * as named from 'paths/named'`,
    'api/src/paths/named.ts': `export enum Paths { Kilns = '/kilns' }`,
    'api/src/app.ts': `import express from 'express'
import { named } from 'paths'
const app = express()
app.get(\`\${named.Paths.Kilns}/:id\`, (req, res) => res.end())
app.listen(80)
`,
  })
  expect(found).toEqual(['proved GET /kilns/{id}'])
})

test('what a constructor returns is what is made: an error that a class stands for has its status [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"kiln","dependencies":{"hono":"4"}}',
    'app.ts': `import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
class Missing { constructor (message?: string) { return new HTTPException(404, { message }) } }
const app = new Hono()
app.get('/kilns/:id', (c) => {
  const kiln = kilns.get(c.req.param('id'))
  if (!kiln) throw new Missing('No such kiln')
  return c.json(kiln)
})
export default app
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([404])
})
