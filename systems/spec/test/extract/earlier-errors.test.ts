import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsOf = async (code: string, checks: string) => {
  const { set } = await extractFiles({
    'package.json': JSON.stringify({ dependencies: { express: '*', 'http-errors': '*' } }),
    'app.js': `
const express = require('express')
const checks = require('./checks.js')
const app = express()
app.post('/stays/:id', async (req, res) => {
${code}
})
app.use((err, req, res, next) => res.status(err.status).json({ message: err.message }))
app.listen(1)
`,
    'checks.js': `
const createError = require('http-errors')
${checks}
`,
  })
  return factsOf(set.facts, 'error')
    .filter(({ grade }) => grade !== 'open')
    .map((one) => sayFact(one, 'it'))
    .toSorted()
}

const checks = `
exports.mayStay = (ship) => { if (ship.isLate()) throw createError(409, 'Late') }
exports.fits = (ship) => { if (ship.length > 40) throw createError(422, 'Long') }
exports.isHome = (ship) => { if (ship.flag !== 'nl') throw createError(403, 'Foreign') }
`

test('an error that comes behind checks of called functions says that none of them refuses [SPEC-EXTRACT-06]', async () => {
  const code = `
  checks.mayStay(req.body)
  checks.fits(req.body)
  checks.isHome(req.body)
  res.status(204).end()`
  expect(await errorsOf(code, checks)).toEqual([
    'IF, for it, the body’s field flag is not "nl" and no earlier check refuses the request, THEN the service SHALL answer 403 with message (required) and say "Foreign".',
    'IF, for it, the body’s field late holds, THEN the service SHALL answer 409 with message (required) and say "Late".',
    'IF, for it, the length of the body is greater than 40 and no earlier check refuses the request, THEN the service SHALL answer 422 with message (required) and say "Long".',
  ])
})

test('of what can not be where the earlier one refuses it is not said [SPEC-EXTRACT-06]', async () => {
  const code = `
  checks.isKnown(req.query.kind)
  if (req.query.kind === 'yacht') throw createError(423, 'Full')
  res.status(204).end()`
  const isKnown = `exports.isKnown = (kind) => { if (kind === 'raft') throw createError(400, 'No rafts') }`
  const errors = await errorsOf(
    code.replace('createError', 'checks.error'),
    `${isKnown}\nexports.error = createError`,
  )
  expect(errors.filter((one) => one.includes('earlier'))).toEqual([])
  expect(errors).toHaveLength(2)
})

test('what is left of a list by a test is said to be the first of it only where it is [SPEC-EXTRACT-06]', async () => {
  const withKeys = (keys: string) =>
    errorsOf(
      `
  const lacks = [${keys}].filter((key) => !checks.has(req.body, key))
  if (lacks.length) return res.status(400).json({ message: \`No \${lacks[0]}\` })
  res.status(204).end()`,
      'exports.has = (body, key) => Object.keys(body).includes(key)',
    )
  const [one] = await withKeys("'ship'")
  expect(one).toMatch(/ and say "No ship"\.$/)
  const [several] = await withKeys("'ship', 'berth'")
  expect(several).toContain('includes("berth")')
  expect(several).not.toContain(' and say ')
})
