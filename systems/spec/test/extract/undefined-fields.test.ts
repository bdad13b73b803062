import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a field that is what the query may not have is not always there, where nothing stands in for it [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `const express = require('express')
const app = express()
app.get('/boats', (req, res) => {
  res.json({ order: req.query.order, page: req.query.page || 1, boats: [] })
})
app.listen(1)
`,
  })
  const [answer] = factsOf(set.facts, 'response')
  expect(
    answer?.shape.type === 'object' &&
      answer.shape.fields.map(({ name, isRequired }) => `${name} ${isRequired}`),
  ).toEqual(['order false', 'page true', 'boats true'])
})
