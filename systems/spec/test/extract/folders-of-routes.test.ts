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
