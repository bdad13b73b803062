import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const statuses = async (lacks: string) => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const crew = require('crew')
const app = express()
async function aboard(req, res, next) {
  const { token } = req.crew
  ${lacks}
  const sailor = await crew.find(token)
  if (!sailor) return res.status(401).json({ error: 'unknown' })
  next()
}
app.use((req, res, next) => {
  req.crew = { token: req.header('x-crew-token') }
  next()
})
app.get('/boats', aboard, (req, res) => res.json([]))
app.listen(80)
`,
  })
  return factsOf(set.facts, 'guard').map(({ status }) => status ?? null)
}

test('a guard that answers otherwise where what shows who calls is missing does not say 401 of who is not signed in [SPEC-EXTRACT-08]', async () => {
  expect(await statuses("if (!token) return res.status(400).json({ error: 'which token' })")).toEqual([null])
  expect(await statuses('')).toEqual([401])
})
