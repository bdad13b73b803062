import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const app = (routes: string) => ({
  'package.json': '{"dependencies":{"express":"4"}}',
  'app.js': `
const express = require('express')
const app = express()
const zoneOnly = (req, res, next) => (req.user.zone === req.query.zone ? next() : res.sendStatus(403))
const harbourOnly = (req, res, next) => (req.user.harbour === req.query.harbour ? next() : res.sendStatus(403))
${routes}
app.listen(80)
`,
})
const both = `app.get('/berths', zoneOnly, harbourOnly, (req, res) => res.json([]))`

test('two guards of one operation that ask by different functions are two facts, also as agreed [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles(app(both))
  const guards = factsOf(set.facts, 'guard')
  expect(new Set(guards.map(({ guard, name }) => `${guard} ${name}`))).toEqual(
    new Set(['other harbourOnly', 'other zoneOnly']),
  )
  expect(new Set(guards.map(({ id }) => id)).size).toBe(2)
  const agreed = parseAgreed(serializeAgreed(set))
  expect(
    factsOf(agreed.facts, 'guard')
      .map(({ id, name }) => `${id} ${name}`)
      .toSorted(),
  ).toEqual(guards.map(({ id, name }) => `${id} ${name}`).toSorted())
  expect(compareFacts(agreed.facts, set.facts).drifts).toEqual([])
  const less = await extractFiles(app(both.replace('zoneOnly, ', '')))
  expect(
    compareFacts(agreed.facts, less.set.facts)
      .drifts.filter(({ factKind }) => factKind === 'guard')
      .map(({ kind, before, after }) => [kind, before, after]),
  ).toEqual([['gone', 'WHEN a client sends GET /berths, the service SHALL ask `zoneOnly` first.', null]])
})
