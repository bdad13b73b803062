import { expect, test } from 'vitest'
import { missingIn, showsStatus } from '../../src/extract/shown.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const berths = {
  'package.json': '{"dependencies":{"express":"5.0.0"}}',
  'app.js': `
const express = require('express')
const { db, tickets } = require('./db-of-another-package')
const codes = { GONE_AWAY: 410 }
const signedIn = (req, res, next) => {
  const ticket = tickets.parse(req.headers['x-ticket'])
  if (!ticket.isOpen && !req.headers['x-ticket']) return res.sendStatus(401)
  next()
}
const app = express()
app.get('/berths', signedIn, async (req, res) => {
  const berth = await db.berth.findFirst({
    where: { name: req.query.name, harbour: { name: req.query.harbour, isOpen: true, country: 'nl' } },
    select: { name: true, owner: { select: { name: true, email: true, phone: true } } },
    orderBy: [{ name: 'asc' }, { length: 'desc' }],
  })
  if (!berth) return res.status(codes.GONE_AWAY).json({ error: 'away' })
  res.json(berth)
})
`,
}

test('evidence has where the status is set, the test, and what the code gave to what it asks of [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles(berths)
  const error = factsOf(set.facts, 'error').find(({ status }) => status === 410)
  const texts = error?.evidence.map(({ startByte, endByte }) =>
    Buffer.from(berths['app.js']).subarray(startByte, endByte).toString(),
  )
  expect(texts?.some((one) => one.includes('GONE_AWAY: 410'))).toBe(true)
  expect(texts).toContain('if (!berth')
  expect(texts?.some((one) => one.startsWith('berth = await db.berth.findFirst('))).toBe(true)
  expect(error && missingIn(error, texts ?? [])).toEqual([])
  // Without them it is not shown.
  expect(error && missingIn(error, texts?.slice(0, 1) ?? [])).toContain('status 410')
})

test('a variable is said by the call that gave it, and a guard says nothing of what its code holds besides [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles(berths)
  const said = [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'guard')].map((one) =>
    sayFact(one, 'GET /berths'),
  )
  expect(said.find((one) => one.includes('410'))).toContain('db.berth.findFirst(…)` is missing')
  expect(said).toContain(
    'WHEN a client sends GET /berths, the service SHALL answer 401 to a caller who is not signed in.',
  )
})

test('a guard shows the status that a helper answers with, where it is given [SPEC-EXTRACT-06]', async () => {
  const app = `
const express = require('express')
const refuse = (res, status) => res.status(status).json({ done: false })
const signedIn = (req, res, next) => {
  if (!req.headers['x-ticket']) return refuse(res, 401)
  next()
}
const app = express()
app.get('/berths', signedIn, (req, res) => res.json([]))
`
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': app,
  })
  const [guard] = factsOf(set.facts, 'guard')
  const texts = guard?.evidence.map(({ startByte, endByte }) =>
    Buffer.from(app).subarray(startByte, endByte).toString(),
  )
  expect(guard?.status).toBe(401)
  expect(showsStatus(401, texts ?? [])).toBe(true)
})

test('a member of an enum without a value counts on from the one before [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.ts': `
import express from 'express'
import { find } from 'berths'
enum Why { none = 1, taken, closed }
const statuses = { 1: 404, 2: 409, 3: 423 }
const app = express()
app.get('/berths', (req, res) => {
  if (find(req.query.name).isClosed) return res.sendStatus(statuses[Why.closed])
  res.json([])
})
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([423])
})

test('a status is shown by its number, a name of it, or what a framework has for it [SPEC-EXTRACT-06]', () => {
  expect(showsStatus(404, ['raise Http404("none")'])).toBe(true)
  expect(showsStatus(404, ['http.StatusNotFound'])).toBe(true)
  expect(showsStatus(403, ['throw new ForbiddenException()'])).toBe(true)
  expect(showsStatus(404, ['res.status(code)'])).toBe(false)
  expect(showsStatus(404, ['id == 4041'])).toBe(false)
})
