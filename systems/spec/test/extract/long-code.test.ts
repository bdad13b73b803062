import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

test('a function that runs long is asked about by its name, one that only comes late never is [SPEC-PACKS-01]', async () => {
  const steps = (name: string, count: number) =>
    `function ${name}(depot) {\n${'  depot.crates += 1\n'.repeat(count)}  return depot\n}\n`
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
${steps('fill', 15_000)}
${steps('step', 400)}
function idOf(depot) { return depot.id }

app.get('/filled', (req, res) => {
${'  fill(req.depot)\n'.repeat(14)}
  res.json({ id: idOf(req.depot) })
})
app.get('/stepped', (req, res) => {
${'  step(req.depot)\n'.repeat(80)}
  res.json({ id: idOf(req.depot) })
})
app.get('/short', (req, res) => {
  step(req.depot)
  res.json({ id: idOf(req.depot) })
})
app.listen(80)
`,
  })
  expect(set.questions.map(({ text }) => text)).toEqual([
    'What else does fill do for GET /filled?',
    'What else do GET /stepped answer?',
  ])
})
