import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('fields of an error are not those of one with its status that is ended with nothing said [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0"}}',
    'app.js': `
const app = require('express')()
app.get('/gates', (req, res) => {
  if (!req.query.key) return res.status(403).end()
  if (req.query.key === 'old') return res.status(403).json({ renewed: true })
  if (req.query.key === 'red') return res.status(409).json({ colour: 'red' })
  res.json({})
})
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status, shape }) => [status, shape.type])).toEqual([
    [403, 'unknown'],
    [409, 'object'],
  ])
})
