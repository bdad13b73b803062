import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const express = (code: string) => ({
  'package.json': '{"dependencies":{"express":"4.0.0","store":"1.0.0"}}',
  'app.js': `
const express = require('express')
const { store, post } = require('store')
const app = express()
${code}
app.listen(80)
`,
})

test('what takes its own errors is no cause of what a handler around it answers [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
app.post('/letters', async (req, res) => {
  try {
    const letter = await store.save(req.body.text)
    post.send(letter).catch((error) => console.error(error))
    post.log(post.sign(letter)).then(() => null, () => null)
    await post.count(letter).catch((error) => { throw new Error('count') })
    res.status(201).json({})
  } catch (error) {
    res.status(503).json({})
  }
})`),
    ),
  ).toEqual({
    '/letters': ['503 where post.count(…) failed or post.sign(…) failed or store.save(…) failed', '201'],
  })
})

test('what a handler waits for again before it answers may fail again there, and is no cause of the answer [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
app.post('/kept', async (req, res) => {
  const work = await store.begin()
  try {
    const found = await store.find(req.body.name)
    if (!found) {
      await work.undo()
      return res.status(404).json({})
    }
    res.status(201).json({})
  } catch (error) {
    await work.undo()
    res.status(503).json({})
  }
})
app.post('/done', async (req, res) => {
  const work = await store.begin()
  try {
    if (!req.body.name) {
      await work.rollback()
      return res.status(400).json({})
    }
    await store.put(req.body.name)
    await work.commit()
    await post.tell(req.body.name)
    res.status(201).json({})
  } catch (error) {
    await work.rollback()
    res.status(503).json({})
  }
})
app.post('/held', async (req, res) => {
  const work = await store.begin()
  try {
    if (!req.body.name) await work.undo()
    res.status(201).json({})
  } catch (error) {
    try { await work.undo() } catch {}
    res.status(503).json({})
  }
})`),
    ),
  ).toEqual({
    '/kept': ['404 where !store.store.find(body.name)', '503 where store.find(…) failed', '201'],
    '/done': ['400 where !body.name', '503 where store.put(…) failed', '201'],
    '/held': ['503 where work.undo(…) failed', '201'],
  })
})
