import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const quay = (most = 2) => ({
  'package.json': JSON.stringify({ dependencies: { express: '*' } }),
  'app.js': `
const express = require('express')
const { book } = require('./berths.js')
const app = express()
app.post('/stays', async (req, res) => {
  if (!req.body.ship) return res.status(400).json({ message: 'Which ship?' })
  if (harbour.load() > ${most}) return res.status(503).json({ message: 'Full' })
  const made = await book(req.body.ship, req.body.nights)
  res.status(made).end()
})
app.put('/stays/:id', (req, res) => {
  if (harbour.load() > 3) return res.status(503).json({ message: 'Full' })
  const stay = stays.find(req.params.id)
  if (!req.body.ship) return res.status(400).json({ message: 'Which ship?' })
  if (stay.isPaid()) {
    if (stay.isOver()) return res.status(409).json({ message: 'Over' })
  }
  if (stay.isLate()) return res.status(410).json({ message: 'Late' })
  res.status(204).end()
})
app.get('/stays/:id', (req, res) => {
  if (harbour.load() > 3) return res.status(503).json({ message: 'Full' })
  if (!req.query.ship) return res.status(400).json({ message: 'Which ship?' })
  let status = 402
  if (stays.of(req.query.ship)) {
    if (tides.isLow()) status = 425
    res.status(status).end()
  }
})
app.listen(1)
`,
  'berths.js': `
exports.book = async (ship, nights) => {
  if (nights > ships.longest(ship)) {
    const berth = await berths.free()
    if (!berth) return 423
  }
  return 201
}
`,
})

const said = async (most?: number) => {
  const { set } = await extractFiles(quay(most))
  const errors = factsOf(set.facts, 'error').filter(({ grade }) => grade !== 'open')
  return { set, errors: errors.map((one) => sayFact(one, 'it')).toSorted() }
}

test('a sentence tells the tests around the place that answers, else the last before it, and how many there are besides [SPEC-EXTRACT-06]', async () => {
  const { errors } = await said()
  expect(errors.filter((one) => !/ 503 /.test(one))).toEqual([
    'IF, for it, `berths.free()` is missing and `body.nights > ships.longest(body.ship)` holds and 2 further tests hold, THEN the service SHALL answer 423.',
    'IF, for it, `harbour.load()` is at most 3 and the query parameter ship is missing, THEN the service SHALL answer 400 with message (string, required) and say "Which ship?".',
    'IF, for it, `stays.find(path.id).isLate()` holds and 3 further tests hold, THEN the service SHALL answer 410 with message (string, required) and say "Late".',
    'IF, for it, `stays.find(path.id).isOver()` holds and `stays.find(path.id).isPaid()` holds and 2 further tests hold, THEN the service SHALL answer 409 with message (string, required) and say "Over".',
    'IF, for it, `stays.of(query.ship)` is there and `tides.isLow()` does not hold and 2 further tests hold, THEN the service SHALL answer 402.',
    'IF, for it, `stays.of(query.ship)` is there and `tides.isLow()` holds and 2 further tests hold, THEN the service SHALL answer 425.',
    'IF, for it, the body’s field ship is missing and `harbour.load()` is at most 3, THEN the service SHALL answer 400 with message (string, required) and say "Which ship?".',
    'IF, for it, the body’s field ship is missing, THEN the service SHALL answer 400 with message (string, required) and say "Which ship?".',
  ])
})

test('a change of a test that is only counted is drift of the answer [SPEC-DRIFT-01]', async () => {
  const [before, same, after] = await Promise.all([said(), said(), said(5)])
  expect(compareFacts(before.set.facts, same.set.facts).drifts).toEqual([])
  const { drifts } = compareFacts(before.set.facts, after.set.facts)
  expect(drifts.map((one) => one.after)).toEqual([
    'IF, for POST /stays, the body’s field ship is there and `harbour.load()` is greater than 5, THEN the service SHALL answer 503 with message (string, required) and say "Full".',
    expect.stringMatching(
      /`berths.free\(\)` is missing and .* and 2 further tests hold, THEN the service SHALL answer 423\. \(/,
    ),
  ])
})
