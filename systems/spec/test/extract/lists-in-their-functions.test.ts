import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a list of middleware that its own functions know is gone through once [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const guarded = (rights) => {
  const all = []
  all.push((req, res, next) => {
    if (!req.headers.authorization) return res.sendStatus(401)
    all.length > 1 ? next() : next()
  })
  return all
}
app.get('/berths', guarded('read'), (req, res) => { res.json([]) })
app.listen(80)
`,
  })
  expect(set.questions).toEqual([])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([401])
})
