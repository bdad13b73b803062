import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const files = {
  'package.json':
    '{"dependencies":{"express":"4.0.0","passport":"0.6.0","passport-jwt":"4.0.0","passport-google-oauth20":"2.0.0"}}',
  'passport.js': `
const passport = require('passport')
const { Strategy: TokenStrategy, ExtractJwt } = require('passport-jwt')
const GoogleStrategy = require('passport-google-oauth20').Strategy
passport.use(new TokenStrategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'k' }, (given, done) => done(null, given)))
passport.use(new GoogleStrategy({ clientID: 'c', clientSecret: 's', callbackURL: '/back' }, (a, b, profile, done) => done(null, profile)))
module.exports = passport
`,
  'app.js': `
const express = require('express')
const passport = require('./passport')
const app = express()
app.get('/kites', passport.authenticate('jwt', { session: false }), (req, res) => res.json({}))
app.get('/google', passport.authenticate('google', { scope: ['email'] }))
app.listen(80)
`,
}

test('a route of passport that sends callers to who signs in does so, and asks nobody to be signed in [SPEC-EXTRACT-06]', async () => {
  expect(await printedAnswers(files)).toEqual({
    '/kites': ['401 where !@caller', '200'],
    '/google': ['401 where !@caller and query.code or !@caller and query.error', '302'],
  })
  const { set } = await extractFiles(files)
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(factsOf(set.facts, 'guard').map(({ operation }) => paths.get(operation))).toEqual(['/kites'])
})

test('a strategy that checks the secret of a client refuses, and sends nobody elsewhere [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers({
      'package.json':
        '{"dependencies":{"express":"4.0.0","passport":"0.6.0","passport-oauth2-client-password":"0.1.0"}}',
      'app.js': `
const express = require('express')
const passport = require('passport')
const { Strategy: ClientStrategy } = require('passport-oauth2-client-password')
passport.use('oauth2-client-password', new ClientStrategy((clientId, clientSecret, done) => done(null, lookUp(clientId, clientSecret))))
const app = express()
app.post('/kites', passport.authenticate('oauth2-client-password', { session: false }), (req, res) => res.json({}))
app.listen(80)
`,
    }),
  ).toEqual({ '/kites': ['401 where !@caller', '200'] })
})
