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
    '/google': [
      '401 where passport.authenticate("google") failed and query.code or passport.authenticate("google") failed and query.error',
      '302',
    ],
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

const answered = async (strategy: string, route: string) => {
  const { set } = await extractFiles({
    'package.json':
      '{"dependencies":{"express":"4.0.0","passport":"0.6.0","passport-local":"1.0.0","passport-google-oauth20":"2.0.0","@node-saml/passport-saml":"4.0.0"}}',
    'app.js': `
const express = require('express')
const passport = require('passport')
${strategy}
const app = express()
${route}
app.listen(80)
`,
  })
  return {
    guards: factsOf(set.facts, 'guard').length,
    answers: [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'response')].map(
      ({ status, condition }) =>
        `${status} ${condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(' and ')).join(' or ')}`,
    ),
  }
}
const google = `
const GoogleStrategy = require('passport-google-oauth20').Strategy
passport.use(new GoogleStrategy({ clientID: 'c', clientSecret: 's', callbackURL: '/back' }, (a, b, profile, done) => done(null, profile)))`
const saml = `
const { Strategy: SamlStrategy } = require('@node-saml/passport-saml')
passport.use('saml', new SamlStrategy({ entryPoint: 'https://desk.example', issuer: 'quay' }, (profile, done) => done(null, profile)))`
const local = `
const LocalStrategy = require('passport-local').Strategy
passport.use('desk', new LocalStrategy({ usernameField: 'email' }, (email, password, done) => done(null, false)))`

test('where callers come back from who signs them in, nobody is asked to be signed in [SPEC-EXTRACT-06]', async () => {
  expect(
    await answered(
      google,
      `app.get('/back', (req, res, next) => { passport.authenticate('google', { successRedirect: '/', failureRedirect: '/in' })(req, res, next) })`,
    ),
  ).toEqual({ guards: 0, answers: ['302 '] })
  expect(
    await answered(saml, `app.post('/back', passport.authenticate('saml'), (req, res) => res.json({}))`),
  ).toEqual({
    guards: 0,
    answers: [
      '401 body.SAMLResponse present and passport.authenticate("saml") failed present or passport.authenticate("saml") failed present and query.SAMLRequest present or passport.authenticate("saml") failed present and query.SAMLResponse present',
      '302 body.SAMLResponse absent and query.SAMLRequest absent and query.SAMLResponse absent',
      '200 ',
    ],
  })
  const { guards } = await answered(
    saml,
    `app.get('/in', passport.authenticate('saml', { failureRedirect: '/' }), (req, res) => res.redirect('/'))`,
  )
  expect(guards).toBe(0)
})

test('a strategy that asks for a name and a password signs in who shows them, and asks nobody to be signed in [SPEC-EXTRACT-06]', async () => {
  expect(
    await answered(local, `app.post('/in', passport.authenticate('desk'), (req, res) => res.json({}))`),
  ).toEqual({
    guards: 0,
    answers: [
      '400 body.email absent or body.password absent',
      '401 body.email present and body.password present and passport.authenticate("desk") failed present',
      '200 ',
    ],
  })
})

test('a strategy made beside an address to come back to, but not with one, is asked for as before [SPEC-EXTRACT-06]', async () => {
  const ofHeader = (name: string, of: string) => `
const ${of} = require('passport-${name}').Strategy
passport.use(new ${of}({ header: 'x-quay' }, (key, done) => done(null, key)))
const leave = (req, res) => res.redirect('https://desk.example?redirect_uri=' + req.query.redirect_uri)
const back = 'openid'`
  for (const strategy of [ofHeader('jwt', 'JwtStrategy'), google + ofHeader('quay', 'QuayStrategy')]) {
    const name = strategy.includes('jwt') ? 'jwt' : 'quay'
    const { guards, answers } = await answered(
      strategy,
      `app.get('/kites', passport.authenticate('${name}'), (req, res) => res.json({}))`,
    )
    expect(guards).toBe(1)
    expect(answers).toEqual(['401 @caller false', '200 '])
  }
})

test('what comments and texts say of strategies is not what they are made with; names lead to what they stand for [SPEC-EXTRACT-06]', async () => {
  const beside = `
const { Strategy: QuayStrategy } = require('passport-quay')
// Its site says: new QuayStrategy({ callbackURL: '/back' })
passport.use(new QuayStrategy({ realm: "callbackURL: '/back'" }, (key, done) => done(null, key)))`
  const { guards, answers } = await answered(
    beside,
    `app.get('/kites', passport.authenticate('quay'), (req, res) => res.json({}))`,
  )
  expect(guards).toBe(1)
  expect(answers).toEqual(['401 @caller false', '200 '])
  const desk = `
const { Issuer, Strategy: DeskStrategy } = require('openid-client')
const client = new desk.Client({ redirect_uris: ['https://quay.example/back'] })
const given = { client, params: {} }
const byDesk = new DeskStrategy(given, (set, info, done) => done(null, info))
passport.use('desk', byDesk)`
  expect(
    await answered(
      beside + desk,
      `app.get('/in', passport.authenticate('desk', { successRedirect: '/', failureRedirect: '/in' }))`,
    ),
  ).toEqual({ guards: 0, answers: ['302 '] })
})
