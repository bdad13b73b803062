import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

test('a check against forgery asks nothing of who reads alone [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4","csurf":"1"}}',
    'app.js': `
const express = require('express')
const csurf = require('csurf')
const app = express()
app.use(csurf({ cookie: true }))
app.get('/berths', (req, res) => res.json([]))
app.post('/berths', (req, res) => res.sendStatus(201))
app.listen(1)
`,
  })
  const methods = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, one.method]] : [])),
  )
  expect(
    set.facts.flatMap((one) =>
      one.kind === 'error' && one.status === 403 ? [methods.get(one.operation)] : [],
    ),
  ).toEqual(['POST'])
})
