import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('an error of Express comes to the handlers of the part that routes it before those of the whole [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'package.json': '{"dependencies":{"express":"4","mongoose":"5"}}',
      'app.js': `
const express = require('express')
const mongoose = require('mongoose')
mongoose.model('Boat', new mongoose.Schema({ name: { type: String, required: true } }))
const Boat = mongoose.model('Boat')
const app = express()
const api = express.Router()
api.post('/boats', (req, res, next) => { new Boat(req.body).save().then(() => res.json({})).catch(next) })
api.get('/piers', (req, res, next) => { const error = new Error('none'); error.status = 404; next(error) })
api.use((err, req, res, next) => {
  if (err.name === 'ValidationError') return res.status(422).json({ errors: 1 })
  return next(err)
})
app.use('/api', api)
app.use((err, req, res, next) => { res.status(err.status || 500).json({ message: err.message }) })
app.listen(1)
`,
    }),
  ).toEqual([
    'IF, for POST /api/boats, `new Boat(…)` fails with `ValidationError`, THEN the service SHALL answer 422 with errors (number, required, exactly 1).',
    'WHEN a client sends GET /api/piers, the service SHALL answer 404 with message (string, required) and say "none".',
  ])
})
