import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a promise is given throws before there is one [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': JSON.stringify({ dependencies: { express: '*' } }),
    'app.js': `
const express = require('express')
const { charts, nameOf } = require('charts')
const app = express()
app.get('/charts/:id', async (req, res) => {
  const chart = await charts.read(nameOf(req.params.id)).catch(() => null)
  if (chart === null) return res.status(404).end()
  res.json(chart)
})
app.get('/pairs/:id', async (req, res) => {
  const pair = await Promise.all([charts.read(req.params.id), charts.tides()]).catch(() => null)
  if (pair === null) return res.status(502).end()
  res.json(pair)
})
app.listen(1)
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .filter(({ status }) => status !== 500)
      .map((one) => sayFact(one, 'it')),
  ).toEqual([
    'IF, for it, `charts.charts.read(charts.nameOf(path.id))` is missing, or `charts.read(…)` fails, THEN the service SHALL answer 404.',
    'IF, for it, `Promise.all(…)` fails, THEN the service SHALL answer 502.',
  ])
})
