import { expect, test } from 'vitest'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a router that a package named for Express makes more of is still that router [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4","waiting-express":"1"}}',
    'waiting-router.ts': `
const waiting = require('waiting-express')
import { Router } from 'express'
export const waitingRouter = () => waiting(Router())
`,
    'berths.ts': `
import { waitingRouter } from './waiting-router'
const router = waitingRouter()
router.get('/:id', async (req, res) => { res.json({}) })
export default router
`,
    'app.ts': `
import express from 'express'
import berths from './berths'
const app = express()
app.use('/berths', berths)
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths/{id}'])
})
