import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('of two refusals of one guard the one that finds nobody is of who is not signed in, and no text of the other one [SPEC-EXTRACT-06]', async () => {
  const { '/berths': answers } = await printedAnswers({
    'package.json': '{"type":"module","dependencies":{"express":"4.21.0"}}',
    'app.js': `
import express from 'express'
import Database from 'better-sqlite3'
class Kept {
  constructor(db) {
    this.db = db
  }
  all(query, given = []) {
    return this.db.prepare(query).all(...given)
  }
  first(query, given = []) {
    const rows = this.all(query, given)
    return rows.length === 0 ? null : rows[0]
  }
}
let kept
const keptOf = () => {
  if (kept === undefined) kept = new Kept(new Database('passes.sqlite'))
  return kept
}
function passOf(pass) {
  let db = keptOf()
  return db.first('SELECT * FROM passes WHERE pass = ?', [pass])
}
const findPass = (req, res) => {
  let { pass } = req.body || {}
  if (!pass) {
    pass = req.headers['x-harbour-pass']
  }
  const found = passOf(pass)
  if (!found) {
    res.status(401)
    res.send({ reason: 'unknown' , details: 'no such pass' })
    return null
  }
  if (found.ends_at !== -1 && found.ends_at * 1000 <= Date.now()) {
    res.status(401)
    res.send({ reason: 'ended' })
    return null
  }
  return found
}
const app = express()
app.use(express.json())
app.use(async (req, res, next) => {
  const pass = await findPass(req, res)
  if (!pass) return
  res.locals = pass
  next()
})
app.get('/berths', (req, res) => res.send({ ok: true }))
app.listen(80)
`,
  })
  const told = answers?.map((one) => one.replaceAll(/#\d+/g, '')) ?? []
  expect(told).toContain('401 unknown where !@caller')
  expect(told.filter((one) => one.startsWith('401 ended')).length).toBe(1)
  expect(told.filter((one) => one.includes('ended where !@caller'))).toEqual([])
})
