import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const guardsOf = async (chain: string) => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0"}}',
    'app.js': `
const app = require('express')()
const { open, read, find } = require('./store')
const shows = async (req, res, next) => {
  const token = req.headers.authorization && req.headers.authorization.split(' ')[1]
  if (!open.get(req.path) && !token) return res.status(403).send('show who you are')
  req.accountId = await read(token)
  next()
}
const known = async (req, res, next) => {
  if (!req.accountId) return res.status(401).json({ error: 'unknown' })
  next()
}
app.get('/attics', ${chain}, (req, res) => { res.json([]) })
app.listen(80)
`,
    'store.js': `module.exports = require('attic-store')`,
  })
  return factsOf(set.facts, 'guard').map(({ status }) => status)
}

test('what is answered to who shows nothing is not what middleware says that never comes to see him [SPEC-EXTRACT-10]', async () => {
  expect(await guardsOf('shows, known')).not.toContain(401)
  expect(await guardsOf('known')).toEqual([401])
})
