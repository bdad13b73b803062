import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('making a schema fails of nothing: only checking by it does [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0","zod":"4.0.0","axios":"1.0.0"}}',
      'app.ts': `
import express from 'express'
import axios from 'axios'
import { z } from 'zod'
const app = express()
app.use(express.json())
class Misshapen extends Error {}
const checked = (given, schema) => {
  try {
    return schema.extend({ by: z.string().optional() }).parse(given)
  } catch (error) {
    console.error(error)
    throw new Misshapen()
  }
}
app.post('/vats', (req, res) => {
  checked(req.body, z.object({ of: z.string() }))
  res.json({})
})
app.post('/tubs', async (req, res) => {
  try {
    const tub = z.object({ of: z.string() }).strip().parse(req.body)
    await axios.post('http://cooper.test', tub)
  } catch {
    return res.status(409).json({})
  }
  res.json({})
})
app.use((error, req, res, next) => {
  if (error instanceof Misshapen) return res.status(400).json({})
  res.status(500).json({})
})
app.listen(80)
`,
    }),
  ).toEqual({
    '/vats': ['400 where !request', '500 where body failed', '200'],
    '/tubs': ['409 where axios.post(…) failed or !request', '500 where body failed', '200'],
  })
})

test('the answer that nothing is there does not hang on anything but what code asks [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"hono":"4.0.0"}}',
      'app.ts': `
import { Hono } from 'hono'
const app = new Hono()
app.get('/casks', (c) => {
  if (c.req.query('kind') === 'leaky') return c.notFound()
  return c.json([])
})
export default app
`,
    }),
  ).toEqual({ '/casks': ['404 where query.kind == leaky', '200'] })
})
