import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const pier = (first = 'cranes') => ({
  'package.json': JSON.stringify({ dependencies: { express: '*' } }),
  'app.js': `
const express = require('express')
const app = express()
const closed = ['/${first}', /^\\/docks\\/\\d+$/]
app.use((req, res, next) => {
  if (closed.find((one) => (one instanceof RegExp ? one.test(req.path) : one.length > 2))) return next()
  if (!req.headers.pass) return res.status(403).json({ message: 'No pass' })
  next()
})
app.get('/docks/:id', (req, res) => res.json({}))
app.get('/docks/:id/plan', (req, res) => {
  if (closed.find((one) => (one instanceof RegExp ? one.test(req.path) : one.length > 2))) return res.status(409).json({ message: 'Open' })
  res.json({})
})
app.listen(1)
`,
})

const errorsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return { set, errors: factsOf(set.facts, 'error') }
}

test('an error of which a test can not be read is told by the one around its answer, and asked where there is no other [SPEC-EXTRACT-06]', async () => {
  const { errors } = await errorsOf(pier())
  expect(errors.map((one) => `${one.grade} ${sayFact(one, 'it')}`).toSorted()).toEqual([
    expect.stringMatching(/^open it may answer 409 .* is there\. \(Open: when\.\)$/),
    ...Array.from(
      { length: 2 },
      () =>
        'proved IF, for it, the header pass is missing and a further test holds, THEN the service SHALL answer 403 with message (string, required) and say "No pass".',
    ),
  ])
})

test('a change of the test that is only counted is drift [SPEC-DRIFT-01]', async () => {
  const [before, after] = await Promise.all([errorsOf(pier()), errorsOf(pier('cellars'))])
  expect(compareFacts(before.set.facts, after.set.facts).drifts).not.toEqual([])
})
