import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const files = (code: string) => ({
  'package.json':
    '{"dependencies":{"express":"4.0.0","passport":"0.6.0","passport-custom":"1.0.0","passport-jwt":"4.0.0","passport-local":"1.0.0"}}',
  'app.js': `
const express = require('express')
const passport = require('passport')
const { Strategy: LocalStrategy } = require('passport-local')
const passportCustom = require('passport-custom')
const OpenStrategy = passportCustom.Strategy
passport.use(new LocalStrategy((name, password, done) => done(null, false)))
passport.use('open', new OpenStrategy((req, done) => done(null, { id: 'all' })))
const app = express()
${code}
app.get('/kites', (req, res) => res.json({}))
app.listen(80)
`,
})

// What is answered, and the guards, each with whether it lets those pass who show nothing.
async function told(code: string) {
  const { set } = await extractFiles(files(code))
  return {
    answers: await printedAnswers(files(code)),
    guards: factsOf(set.facts, 'guard').map(({ guard, isOptional, status }) => [guard, isOptional, status]),
  }
}

const refusing = `(error, user) => {
    if (error) return next(error)
    if (!user) return res.status(401).json({ error: 'Unknown' })
    req.user = user
    next()
  }`

test('a function of its own that passport calls with who was found refuses where its strategy finds nobody [SPEC-EXTRACT-06]', async () => {
  expect(
    await told(`app.use((req, res, next) => passport.authenticate('jwt', ${refusing})(req, res, next))`),
  ).toEqual({
    answers: { '/kites': ['401 Unknown where passport.authenticate("jwt") failed', '200'] },
    guards: [['authentication', false, 401]],
  })
})

test('who shows nothing is let through where a strategy is asked only of what is shown [SPEC-EXTRACT-06]', async () => {
  expect(
    await told(`app.use((req, res, next) => {
  const answer = ${refusing}
  if (process.env.OPEN) return passport.authenticate('open', answer)(req, res, next)
  if (req.get('authorization')) return passport.authenticate('jwt', answer)(req, res, next)
  next()
})`),
  ).toEqual({
    answers: {
      '/kites': [
        '401 Unknown where header.authorization and passport.authenticate("jwt") failed and !process.env.OPEN or passport.authenticate("open") failed and process.env.OPEN',
        '200',
      ],
    },
    guards: [['authentication', true, undefined]],
  })
})

test('who comes to sign in is refused where that fails, and is not asked to be signed in [SPEC-EXTRACT-06]', async () => {
  expect(
    await told(
      `app.post('/in', (req, res, next) => passport.authenticate('local', ${refusing})(req, res, next), (req, res) => res.json({}))`,
    ),
  ).toEqual({
    answers: {
      '/in': ['401 Unknown where passport.authenticate("local") failed', '200'],
      '/kites': ['200'],
    },
    guards: [],
  })
})

test('what such a function answers to an error is told where the strategy fails with one [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers(
      files(`app.post('/in', (req, res, next) => passport.authenticate('local', (error, user) => {
  if (error) return res.status(503).json({ error: 'Adrift' })
  if (!user) return res.status(401).json({ error: 'Unknown' })
  res.json({ id: user.id })
})(req, res, next))
app.get('/gate', (req, res, next) => passport.authenticate('jwt', ${refusing})(req, res, next), (req, res) => res.json({}))
app.use((error, req, res, next) => res.status(500).json({ error: 'Sunk' }))`),
    ),
  ).toMatchObject({
    '/in': [
      '503 Adrift where passport.authenticate("local") failed == Error',
      '401 Unknown where passport.authenticate("local") failed',
      '200',
    ],
    '/gate': [
      '500 Sunk where passport.authenticate("jwt") failed == Error',
      '401 Unknown where passport.authenticate("jwt") failed',
      '200',
    ],
  })
})
