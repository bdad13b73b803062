import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what is asked of a part of the request and of what was found is told by its call, however long that is [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0","sealjs":"1.0.0","crates":"1.0.0"}}',
    'app.js': `
const app = require('express')()
const seal = require('sealjs')
const { store } = require('crates')
app.post('/crates/open', async (req, res) => {
  const { name, mark } = req.body
  const crate = await store.crates.findOne({ where: { name }, include: [{ of: store.marks, include: [{ of: store.lids }, { of: store.nails }] }] })
  if (!crate) return res.status(404).json({})
  const isRight = await seal.compare(mark, crate.mark)
  if (!isRight) return res.status(401).json({ error: 'wrong mark' })
  res.json({})
})
app.listen(80)
`,
  })
  const [found] = factsOf(set.facts, 'error').filter(({ status }) => status === 401)
  expect(found && [found.grade, sayFact(found, 'POST /crates/open')]).toEqual([
    'proved',
    'IF, for POST /crates/open, `crates.store.crates.findOne({where: {…}, include: [{of: crates.store.marks, include: [{of}, {of}]}]})` is there and `seal.compare(…)` does not hold, THEN the service SHALL answer 401 with error (string, required) and say "wrong mark".',
  ])
})

test('what a list may answer that is one or another is asked whole, where a variable keeps it [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0","crates":"1.0.0"}}',
    'app.js': `
const app = require('express')()
const { store } = require('crates')
app.get('/lids', async (req, res) => {
  const crate = await store.find(req.query.id)
  const lids = crate.lids ? crate.lids.map((one) => ({ size: one.size })) : []
  const isFlat = lids.length > 0 && lids.every((one) => one.size === 1)
  if (isFlat) return res.status(403).json({})
  res.json({})
})
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'error').map((fact) => sayFact(fact, 'GET /lids'))).toEqual([
    'IF, for GET /lids, `lids.every((one) => one.size === 1)` is there and `lids` is not empty, THEN the service SHALL answer 403 with an object.',
  ])
})
