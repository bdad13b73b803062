import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (files: Record<string, string>) => ({
  'package.json': JSON.stringify({ dependencies: { express: '*' } }),
  ...files,
})

async function errorsOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, 'it'))
    .toSorted()
}

const harbour = (code = 11000) =>
  service({
    'app.js': `
const express = require('express')
const { reserve } = require('./berths.js')
const app = express()
app.post('/stays', async (req, res) => {
  const problem = await reserve(req.body.ship)
  if (problem) return res.status(409).json({ message: 'Not there' })
  res.status(201).end()
})
app.listen(1)
`,
    'berths.js': `
const { ships, stays } = connect('port')
exports.reserve = async (name) => {
  const ship = await ships.find(name)
  if (ship.draught > 9) return 'too deep'
  try {
    await stays.insert(ship)
  } catch (problem) {
    if (problem.code === ${code}) return 'taken'
  }
  return null
}
`,
  })

test('a variable of another function is told by the call that gave it, else with the function that it is of [SPEC-EXTRACT-06]', async () => {
  expect(await errorsOf(harbour())).toEqual([
    'IF, for it, `connect("port").ships.find(body.ship).draught` is greater than 9, or `problem.code` is 11000 (in `reserve`) and `stays.insert(…)` fails, THEN the service SHALL answer 409 with message (string, required) and say "Not there".',
  ])
})

test('a change of a test that is not told is seen as drift of the answer [SPEC-EXTRACT-06]', async () => {
  const [before = [], same = [], after = []] = await Promise.all(
    [harbour(), harbour(), harbour(11001)].map(async (files) => (await extractFiles(files)).set.facts),
  )
  expect(compareFacts(before, same).drifts).toEqual([])
  expect(compareFacts(before, after).drifts).toEqual([
    expect.objectContaining({ kind: 'changed', factKind: 'error' }),
  ])
})

test('what a module keeps is called by its name, and a function by its key where an object has it [SPEC-EXTRACT-06]', async () => {
  const said = await errorsOf(
    service({
      'app.js': `
const express = require('express')
const desk = require('./desk.js')
const app = express()
const moorings = new Map()
app.get('/moorings/:id', (req, res) => {
  const mooring = moorings.get(req.params.id)
  if (!mooring) return res.status(404).end()
  res.json(mooring)
})
app.post('/moorings/:id/free', async (req, res) => {
  const done = await desk.free(req.params.id)
  if (!done) return res.status(409).end()
  res.status(204).end()
})
app.listen(1)
`,
      'desk.js': `
const desk = {
  free: async (id) => {
    for (const rope of await ropes.of(id)) if (await rope.isTied()) return null
    return ropes.last(id)
  },
}
module.exports = desk
`,
    }),
  )
  expect(said.join('\n')).toContain('`moorings.get(path.id)` is missing')
  expect(said.join('\n')).not.toContain('`desk(')
})

const gate = (badge = 'card.isBroken') =>
  service({
    'app.js': `
const express = require('express')
const cards = require('cards')
const app = express()
const onlyHolders = async (req, res, next) => {
  const number = req.headers['x-card']
  if (!number) return res.status(401).json({ message: 'Show a card' })
  const card = await cards.byNumber(number)
  if (!card) return res.status(401).json({ message: 'Show a card' })
  if (${badge}) return res.status(401).json({ message: 'Show a card' })
  next()
}
app.get('/stays', onlyHolders, (req, res) => res.json([]))
app.listen(1)
`,
  })

test('what a guard that asks who calls refuses is of who is not signed in, and another test in it is drift [SPEC-EXTRACT-06]', async () => {
  expect(await errorsOf(gate())).toEqual([
    'IF, for it, the caller is not signed in, THEN the service SHALL answer 401 with message (string, required) and say "Show a card".',
  ])
  const [before = [], after = []] = await Promise.all(
    [gate(), gate('card.isLent')].map(async (files) => (await extractFiles(files)).set.facts),
  )
  expect(compareFacts(before, after).drifts).toEqual([
    expect.objectContaining({ kind: 'changed', factKind: 'error' }),
  ])
})
