import { expect, test } from 'vitest'
import { putTogether } from '../../src/drift/common-drifts.ts'
import { sayVerdict } from '../../src/commands/say-check.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import type { Drift } from '../../src/drift/compare-facts.ts'
import { sayDrifts, writeJunit, writeSarif } from '../../src/drift/reports.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { extractFiles } from '../packs/fixture.ts'

const ferries = (most: number, message: string, port = '') => ({
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'seats.js': `export function seatsOf(req, res, next) {
  const seats = Number(req.query.seats)
  if (seats > ${most}) return res.status(422).json({ error: '${message}' })
  req.seats = seats
  next()
}
`,
  'app.js': `import express from 'express'
import { seatsOf } from './seats.js'
import { trips } from 'trip-store'
const app = express()
app.post('/trips', (req, res, next) => (req.query.port${port} ? next() : res.status(400).json({ error: 'no port' })), seatsOf, async (req, res) => {
  res.status(201).json(await trips.add(req.seats))
})
app.post('/returns', seatsOf, async (req, res) => {
  if (req.query.day === 'sunday') return res.status(409).json({ error: 'closed' })
  res.status(201).json(await trips.back(req.seats))
})
app.put('/trips/:id', (req, res, next) => (req.query.why ? next() : res.status(400).json({ error: 'no reason' })), seatsOf, async (req, res) => {
  res.json(await trips.change(req.params.id, req.seats))
})
app.get('/trips', async (req, res) => {
  res.json(await trips.all())
})
app.listen(3000)
`,
})

const check = async (now: ReturnType<typeof ferries>) => {
  const agreed = parseAgreed(serializeAgreed((await extractFiles(ferries(8, 'Too many'))).set))
  return compareSets(agreed, (await extractFiles(now)).set).drifts
}
const operations = ['POST /returns', 'POST /trips', 'PUT /trips/{id}']
const titles = ['GET /trips', ...operations]

test.each([
  ['another bound', ferries(9, 'Too many')],
  ['another message', ferries(8, 'Full')],
])(
  '%s of a function is one drift that names the operations which come to it [SPEC-DRIFT-04]',
  async (_, now) => {
    const drifts = await check(now)
    expect(drifts.length).toBeGreaterThanOrEqual(3)
    expect(putTogether(drifts)).toMatchObject([
      { drift: { kind: 'changed', requirement: '3 operations', cause: 'seats.js#seatsOf' }, operations },
    ])
    expect(sayDrifts(drifts)).toMatchObject([
      expect.stringMatching(
        /^changed {6}3 operations \(seats\.js:\d\)[^]*in: POST \/returns, POST \/trips, PUT /,
      ),
    ])
    const sarif = JSON.parse(writeSarif(drifts, '1')) as {
      runs: { results: { message: { text: string } }[] }[]
    }
    expect(sarif.runs[0]?.results.map(({ message }) => message.text)).toMatchObject([
      expect.stringContaining('(in POST /returns, POST /trips, PUT /trips/{id})'),
    ])
    const junit = writeJunit(titles, drifts)
    expect(junit).toContain('tests="2" failures="1"')
    expect(junit).toContain('name="GET /trips"/>')
    expect(junit).toContain(`name="3 operations: ${operations.join(', ')}"`)
  },
)

test('two changes of two functions are two drifts [SPEC-DRIFT-04]', async () => {
  const together = putTogether(await check(ferries(9, 'Too many', ` === 'east'`)))
  expect(together.map(({ drift, operations: of }) => [drift.requirement, of.length])).toEqual(
    expect.arrayContaining([['3 operations', 3]]),
  )
  expect(together.length).toBeGreaterThan(1)
  const junit = writeJunit(titles, await check(ferries(9, 'Too many', ` === 'east'`)))
  expect(junit).toMatch(/<testcase classname="spec" name="POST \/trips">\n\s+<failure/)
})

test('other code of which nobody knows where it stands is one note that names its operations [SPEC-DRIFT-05]', () => {
  const note = (requirement: string, line: number): Drift => ({
    kind: 'unproved',
    requirement,
    factKind: 'code',
    before: null,
    after: 'Its code is not what was agreed, and no sentence tells of it: `late` is gone.',
    evidence: { path: 'app.js', symbol: '', startByte: 0, endByte: 0, line, tokenHash: '' },
    factId: requirement,
    usedBy: [],
    common: '',
    cause: '',
  })
  expect(putTogether([note('GET /trips', 4), note('POST /trips', 9)])).toMatchObject([
    { drift: { requirement: '2 operations' }, operations: ['GET /trips', 'POST /trips'] },
  ])
})

test('the verdict does not say that code and spec agree where code is told by no sentence [SPEC-DRIFT-05]', () => {
  const say = (unsaid: number, operations = 2) =>
    sayVerdict({
      operations,
      drifts: 0,
      unsaid,
      settled: 0,
      moved: 0,
      isRewritten: false,
      claims: 0,
      unshown: [],
      isOfClaims: false,
      at: '',
    })[0]
  expect(say(0)).toBe('Code and spec agree: 2 operations.')
  expect(say(3)).toBe('No sentence drifted, but 3 changes of the code are told by none: 2 operations.')
  expect(say(0, 0)).toMatch(/^Nothing was checked: no operation is known\./)
})
