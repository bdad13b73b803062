import { expect, test } from 'vitest'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a file that imports nothing by a name requires what it finds in its folder [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'src/app.js': `
const express = require('express')
const app = express()
require('./routes')(app)
app.listen(80)
`,
    'src/routes/index.js': `
module.exports = function (app) {
  const { filesIn } = require('../files')
  filesIn(__dirname).forEach((file) => {
    const put = require('./' + file.slice(0, file.indexOf('.')))
    put(app)
  })
}
`,
    'src/files.js': `
const fs = require('fs')
exports.filesIn = (dir) => fs.readdirSync(dir).filter((file) => !/^index\\./.test(file))
`,
    'src/routes/berths.js': `
module.exports = (app) => { app.get('/berths', (req, res) => { res.json([]) }) }
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths'])
})

test.each([
  ['fileURLToPath(import.meta.url)', 'join(dirname(fileURLToPath(import.meta.url)), "routes")'],
  ['new URL(…, import.meta.url)', 'fileURLToPath(new URL("./routes", import.meta.url))'],
  ['new URL(import.meta.url).pathname', 'join(dirname(new URL(import.meta.url).pathname), "routes")'],
])('what is imported by the address of its file is read: %s [SPEC-EXTRACT-02]', async (_by, folder) => {
  const { set } = await extractFiles({
    'package.json': '{"type":"module","dependencies":{"express":"4"}}',
    'src/app.js': `
import express from 'express'
import fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
const app = express()
const folder = ${folder}
for (const file of await fs.promises.readdir(folder)) {
  const { default: router } = await import(pathToFileURL(join(folder, file)).href)
  app.use('/' + basename(file, '.js'), router)
}
app.listen(80)
`,
    'src/routes/berths.js': `
import { Router } from 'express'
const router = Router()
router.get('/:berth', (req, res) => { res.json({}) })
export default router
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths/{berth}'])
})
