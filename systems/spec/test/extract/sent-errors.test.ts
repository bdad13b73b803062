import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'
import { printedAnswers } from './printed-answers.ts'

const faults = `
export class Fault extends Error {
  kind = 'fault'
}
export class Rusty extends Fault {}
export class Bent extends Error {
  constructor(message) { super(message); this.message = message }
}
export class Spoken extends Fault {
  toJSON() { return { message: this.message } }
}
`

test('what an error says is not told where it is sent as JSON has it, but where its class keeps it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'faults.js': faults,
      'app.js': `
import express from 'express'
import { Bent, Fault, Rusty, Spoken } from './faults.js'
const app = express()
app.get('/nails', (req, res) => { throw new Rusty('It is rusty') })
app.get('/bolts', (req, res) => { throw new Bent('It is bent') })
app.get('/nuts', (req, res) => { throw new Spoken('It is lost') })
app.get('/hooks', (req, res) => { res.status(409).json(new Error('It is open')) })
app.get('/eyes', (req, res) => { res.status(409).json({ error: new Error('It is shut') }) })
app.use((error, req, res, next) => {
  if (error instanceof Fault) return res.status(422).send(error)
  if (error instanceof Bent) return res.status(410).json({ error, at: 'bench' })
  return res.status(500).json({})
})
app.listen(80)
`,
    }),
  ).toEqual({
    '/nails': ['422'],
    '/bolts': ['410'],
    '/nuts': ['422 It is lost'],
    '/hooks': ['409'],
    '/eyes': ['409'],
  })
})

test('a text that is made of an error has what it says [SPEC-EXTRACT-10]', async () => {
  const answered = (sent: string) =>
    printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'faults.js': faults,
      'app.js': `
import express from 'express'
import { Rusty } from './faults.js'
const app = express()
app.get('/nails', (req, res) => { throw new Rusty('It is rusty') })
app.use((error, req, res, next) => { res.status(422).json(${sent}) })
app.listen(80)
`,
    })
  expect(await answered('{ error: error.message }')).toEqual({ '/nails': ['422 It is rusty'] })
  expect(await answered('{ error: String(error) }')).toEqual({ '/nails': ['422 It is rusty'] })
  expect(await answered('{ error }')).toEqual({ '/nails': ['422'] })
})

test('what is sent of an error of JavaScript has what code adds to it alone [SPEC-EXTRACT-10]', async () => {
  const said = await saidErrors({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
import express from 'express'
const app = express()
app.get('/eyes', (req, res) => { res.status(409).json({ error: new Error('It is shut') }) })
app.listen(80)
`,
  })
  expect(said).toEqual([
    'WHEN a client sends GET /eyes, the service SHALL answer 409 with error (an object, required).',
  ])
})
