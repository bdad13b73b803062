import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const guardsOf = async (routes: string) =>
  factsOf(
    (
      await extractFiles({
        'package.json': '{"dependencies":{"express":"4"}}',
        'app.js': `
const express = require('express')
const app = express()
const signedIn = (req, res, next) => {
  if (!req.headers.authorization) return res.sendStatus(401)
  next()
}
${routes}
app.listen(80)
`,
      })
    ).set.facts,
    'guard',
  ).map(
    ({ name, condition, isOptional }) =>
      `${name} ${
        isOptional
          ? 'optional'
          : condition
              .flat()
              .map(({ subject, op }) => `${subject} ${op}`)
              .join()
      }`,
  )

test('middleware that is one of two by a setting, or in a list by one, refuses where that says so [SPEC-EXTRACT-06]', async () => {
  const isGuarded = ['signedIn process.env.GATE present']
  const answer = '(req, res) => res.json({}))'
  expect(
    await guardsOf(`app.get('/a', process.env.GATE ? signedIn : (req, res, next) => next(), ${answer}`),
  ).toEqual(isGuarded)
  expect(await guardsOf(`app.get('/a', ...(process.env.GATE ? [signedIn] : []), ${answer}`)).toEqual(
    isGuarded,
  )
  expect(
    await guardsOf(`
const before = []
if (process.env.GATE) before.push(signedIn)
app.get('/a', before, ${answer}`),
  ).toEqual(isGuarded)
  expect(
    await guardsOf(`
const before = []
before.push(signedIn)
app.get('/a', before, ${answer}`),
  ).toEqual(['signedIn '])
})

test('middleware that refuses only a token that is none lets pass who shows nothing [SPEC-EXTRACT-06]', async () => {
  expect(
    await guardsOf(`
const jwt = require('jsonwebtoken')
const known = (req, res, next) => {
  const token = req.headers.authorization
  if (!token) return next()
  try {
    req.user = jwt.verify(token, 'key')
  } catch {
    return res.sendStatus(401)
  }
  next()
}
app.get('/a', known, (req, res) => res.json({}))`),
  ).toEqual(['known optional'])
})
