import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a right that is given in parts is one, a list of roles is several [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'package.json': JSON.stringify({ dependencies: { express: '*' } }),
    'app.js': `
const express = require('express')
const rights = require('./rights')
const app = express()
const may = (what, how) => (req, res, next) => {
  if (!rights.of(req.user, what, how)) return res.status(403).end()
  next()
}
const anyOf = (...roles) => (req, res, next) => {
  if (!roles.includes(req.user.role)) return res.status(403).end()
  next()
}
app.get('/boats', may('boats', 'read'), (req, res) => res.json([]))
app.get('/crews', anyOf('mate', 'captain'), (req, res) => res.json([]))
app.listen(1)
`,
    'rights.js': `exports.of = (user, what, how) => user.rights[what] && user.rights[what].includes(how)`,
  })
  expect(
    factsOf(set.facts, 'guard')
      .toSorted((a, b) => (a.name > b.name ? -1 : 1))
      .map((one) => [one.roles, sayFact(one, 'it')]),
  ).toEqual([
    [['boats read'], 'WHEN a client sends it, the service SHALL refuse a caller without boats read.'],
    [
      ['captain', 'mate'],
      'WHEN a client sends it, the service SHALL refuse a caller without captain or mate.',
    ],
  ])
})
