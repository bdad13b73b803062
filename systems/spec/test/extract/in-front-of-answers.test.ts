import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('a function that middleware puts in front of how a framework answers changes nothing of what is answered [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
const app = express()
app.use((req, res, next) => {
  const json = res.json
  res.json = function (body) {
    res.kept = body
    json.apply(res, arguments)
  }
  const end = res.end.bind(res)
  res.end = (...given) => { count(given); return end(...given) }
  next()
})
const signedIn = (req, res, next) => {
  if (!req.headers['x-seal']) return res.status(401).json({ error: 'Who is it?' })
  next()
}
app.get('/kilns/:id', signedIn, (req, res) => {
  if (req.params.id === 'none') return res.status(404).end()
  res.json({ id: req.params.id })
})
app.listen(80)
`,
    }),
  ).toEqual({
    '/kilns/{id}': ['401 Who is it? where !header.x-seal', '404 where path.id == none', '200'],
  })
})

test('a function that takes the place of how a framework answers, and answers by itself, is run [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"next":"13.0.0"}}',
      'wrapped.js': `
export const wrapped = (handler) => (req, res) => {
  res.refuse = (error) => {
    res.json({ error, code: 422 }, 422)
  }
  res.json = (json, status = 200) => {
    res.setHeader('Content-Type', 'application/json')
    res.status(status)
    res.end(JSON.stringify(json))
  }
  return handler(req, res)
}
`,
      'pages/api/kilns.js': `
import { wrapped } from '../../wrapped'
async function handler(req, res) {
  if (!req.query.id) return res.refuse('Name a kiln.')
  return res.json({ id: req.query.id })
}
export default wrapped(handler)
`,
    }),
  ).toEqual({ '/api/kilns': ['422 Name a kiln. where !query.id', '200'] })
})

test('what a function gives that code sets on a request is told by the member that holds it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'index.js': `
const express = require('express')
const { lookUp, open } = require('kilnlib')
const app = express()
const kept = (handler) => (req, res) => {
  req.seal = (name) => {
    const cookie = req.cookies[name]
    if (!cookie) return null
    const opened = open(cookie)
    return opened ? opened : null
  }
  req.keeper = async () => {
    try {
      const shown = req.headers['x-seal']
      if (shown) {
        const found = await lookUp({ shown })
        if (found) return found
      }
      const sealed = req.seal('kiln')
      if (!sealed) return null
      const other = await lookUp({ sealed })
      if (!other) return null
      return other
    } catch (e) {
      if (e.code && e.code === 'LATE') return null
    }
  }
  return req.keeper().then((keeper) => {
    if (!keeper) return res.status(403).end()
    return handler(req, res)
  })
}
app.get('/kilns', kept((req, res) => res.json({})))
app.listen(80)
`,
    }),
  ).toEqual({ '/kilns': [expect.stringMatching(/^403 where !‹req\.keeper\(\)#\d+›$/), '200'] })
})
