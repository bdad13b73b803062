import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const express = (code: string) => ({
  'package.json': '{"dependencies":{"express":"4","zod":"3","uuid":"9","lodash":"4"}}',
  'app.js': `
const express = require('express')
const { z } = require('zod')
const { v4 } = require('uuid')
const crypto = require('crypto')
const _ = require('lodash')
const store = require('store')
const app = express()
app.use(express.json())
class Unfit extends Error { constructor(text) { super(text) } }
const boat = z.object({ name: z.string().min(2) })
const fit = (schema, body) => {
  const result = schema.safeParse(body)
  if (!result.success) throw new Unfit('unfit')
  return result.data
}
const moored = new Map()
const harbour = {
  boats: () => [...moored.values()],
  leave: (id) => moored.delete(id),
  async log(text) { try { await store.log(text) } catch { return null } },
}
${code}
app.listen(80)
`,
})

test('what takes any error around calls that all were followed, and that fail at nothing, answers nothing [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
app.post('/fit', (req, res) => {
  try {
    res.status(201).json({ name: fit(boat, req.body).name })
  } catch (error) {
    if (error instanceof Unfit) return res.status(422).json({ error: 'unfit' })
    res.status(503).json({ error: 'adrift' })
  }
})
app.delete('/boats/:id', (req, res) => {
  try {
    harbour.leave(req.params.id)
    res.status(200).json({ at: crypto.randomUUID(), by: v4(), of: _.pick(harbour.boats(), ['name']) })
  } catch (error) {
    res.status(503).json({ error: 'adrift' })
  }
})
app.post('/log', async (req, res) => {
  try {
    await harbour.log(req.body.text)
    await store.tell(req.body.text).catch(() => null)
    res.status(201).json({})
  } catch (error) {
    res.status(503).json({ error: 'adrift' })
  }
})`),
    ),
  ).toEqual({
    '/fit': ['422 unfit where !request', '400 where body failed', '201'],
    '/boats/{id}': ['200'],
    '/log': ['400 where body failed', '201'],
  })
})

test('of calls that are tried those are told that may fail, not those that were followed [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
app.get('/boats', async (req, res) => {
  try {
    const all = harbour.boats()
    const kept = await store.boats()
    res.json({ all, kept })
  } catch (error) {
    res.status(503).json({ error: 'adrift' })
  }
})`),
    ),
  ).toEqual({ '/boats': ['503 adrift where store.boats(…) failed', '200'] })
})

test('a schema that is given several parts of the request in one is one of the request [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
const whole = (schema) => async (req, res, next) => {
  try {
    await schema.parseAsync({ body: req.body, params: req.params })
    return next()
  } catch (error) {
    return res.status(422).json({ error: 'unfit' })
  }
}
app.put('/boats/:id', whole(z.object({ body: boat, params: z.object({ id: z.string().uuid() }) })), (req, res) => {
  res.status(200).json({})
})`),
    ),
  ).toEqual({ '/boats/{id}': ['422 unfit where !request', '400 where body failed', '200'] })
})
