import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('another list that a guard was made with is drift, another name of it is not [SPEC-DRIFT-01]', async () => {
  const { set } = await extractFiles({
    'package.json': JSON.stringify({ dependencies: { express: '*' } }),
    'app.js': `
const express = require('express')
const crews = require('crews')
const app = express()
const isAllowed = (roles) => async (req, res, next) => {
  if (!req.user) return res.status(403).end()
  const own = await crews.rolesOf(req.user.id)
  if (!roles.some((role) => own.includes(role))) return res.status(403).end()
  next()
}
app.delete('/boats/:id', isAllowed(['mate', 'captain']), (req, res) => res.status(204).end())
app.listen(1)
`,
  })
  const named = (name: string) => set.facts.map((fact) => (fact.kind === 'guard' ? { ...fact, name } : fact))
  expect(factsOf(set.facts, 'guard').map(({ name }) => name)).toEqual(['isAllowed(mate, captain)'])
  expect(compareFacts(set.facts, named('onlyFor(mate, captain)')).drifts).toEqual([])
  expect(compareFacts(set.facts, named('isAllowed(captain)')).drifts.map(({ after }) => after)).toEqual([
    'WHEN a client sends DELETE /boats/{id}, the service SHALL refuse a caller whom `isAllowed(captain)` does not let pass.',
  ])
})
