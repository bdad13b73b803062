import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const refusals = async (files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(await printedAnswers(files)).map(([path, all]) => [
      path,
      all.filter((one) => !one.startsWith('200')),
    ]),
  )

test('paths that globs, patterns and lists let through are not refused, others are [SPEC-EXTRACT-07]', async () => {
  expect(
    await refusals({
      'package.json': '{"dependencies":{"express":"4","micromatch":"4"}}',
      'app.js': `
const express = require('express')
const micromatch = require('micromatch')
const app = express()
app.use((req, res, next) => {
  if (micromatch.isMatch(req.path, ['/tides', '/charts/**', '/piers/*/plan'])) return next()
  if (!req.headers.key) return res.sendStatus(401)
  next()
})
const open = ['/tides', /^\\/piers\\//, /^\\/boats\\/\\d+$/]
app.use((req, res, next) => {
  if (open.find((one) => (one instanceof RegExp ? one.test(req.path) : one === req.path))) return next()
  if (!req.headers.ticket) return res.sendStatus(403)
  next()
})
app.use((req, res, next) => {
  if (['/tides', '/boats'].indexOf(req.path) > -1 || req.path.indexOf('/charts/') === 0) next()
  else if (req.headers.flag === 'red') res.sendStatus(409)
  else next()
})
for (const path of ['/tides', '/charts/north', '/piers/:id/plan', '/boats', '/boats/:id'])
  app.get(path, (req, res) => res.json({}))
app.listen(80)
`,
    }),
  ).toEqual({
    '/tides': [],
    '/charts/north': ['403 where !header.ticket'],
    '/piers/{id}/plan': ['409 where header.flag == red'],
    '/boats': ['401 where !header.key', '403 where !header.ticket'],
    '/boats/{id}': [
      '401 where !header.key',
      expect.stringMatching(/^403 where !header\.ticket and !‹a test in app\.js#\d+›$/),
      '409 where header.flag == red and !@earlier',
    ],
  })
})

test('paths that a function which a hook calls lets through are not refused, also where the hook catches what fails in it [SPEC-EXTRACT-07]', async () => {
  expect(
    await refusals({
      'package.json': '{"dependencies":{"fastify":"4"}}',
      'app.js': `
import fastify from 'fastify'
const app = fastify()
const isOpen = (request) => {
  if (request.method === 'GET') return ['/tides.json', '/tides'].includes(request.url) || request.url === '/'
  return request.url.startsWith('/enter')
}
const ask = async (request) => {
  if (isOpen(request)) return { isKnown: true }
  const sailor = await Sailors.find(request.headers.key)
  return { isKnown: Boolean(sailor), sailor }
}
app.addHook('onRequest', async (request, reply) => {
  try {
    const { isKnown } = await ask(request)
    if (isKnown) return
  } catch (error) {
    console.log(error)
  }
  return reply.status(401).send({ error: 'Who are you?' })
})
app.get('/tides.json', async () => ({}))
app.post('/enter', async () => ({}))
app.get('/boats', async () => ({}))
app.listen(80)
`,
    }),
  ).toEqual({
    '/tides.json': [],
    '/enter': [],
    '/boats': ['401 Who are you? where !@caller'],
  })
})

test('paths that the middleware of Next.js lets through by globs are not refused [SPEC-EXTRACT-07]', async () => {
  expect(
    await refusals({
      'package.json': '{"dependencies":{"next":"14"}}',
      'middleware.ts': `
import type { NextRequest } from 'next/server'
import { NextResponse } from 'next/server'
import micromatch from 'micromatch'
const open = ['/api/tides', '/api/charts/**']
export async function middleware(req: NextRequest) {
  const { pathname } = req.nextUrl
  if (micromatch.isMatch(pathname, open)) return NextResponse.next()
  if (micromatch.isMatch(pathname, '/api/piers/**')) {
    if (!req.headers.get('ticket')) return refuse({ message: 'No ticket.' })
    return NextResponse.next()
  }
  return refuse({ message: 'Shut.' })
}
const refuse = async (error: { message: string }) => new NextResponse(JSON.stringify({ error }), { status: 401, headers: { 'content-type': 'application/json' } })
export const config = { matcher: ['/api/:path*'] }
`,
      'pages/api/tides.ts': 'export default function handler(req, res) { res.json({}) }',
      'pages/api/charts/[sea].ts': 'export default function handler(req, res) { res.json({}) }',
      'pages/api/piers/[pier].ts': 'export default function handler(req, res) { res.json({}) }',
      'pages/api/boats.ts': 'export default function handler(req, res) { res.json({}) }',
    }),
  ).toEqual({
    '/api/tides': [],
    '/api/charts/{sea}': [],
    '/api/piers/{pier}': ['401 where !header.ticket'],
    '/api/boats': ['401 where !@caller'],
  })
})

test('what a list was written with is in it, whatever is put into it later [SPEC-EXTRACT-07]', async () => {
  expect(
    await refusals({
      'package.json': '{"dependencies":{"next":"14"}}',
      'lib/known.ts': `
export const withMethods = (handler, options = { methods: ['GET'] }) => (req, res) => {
  if (!options.methods.includes('OPTIONS')) options.methods.push('OPTIONS')
  if (!options.methods.includes(req.method)) return res.status(405).end()
  if (req.query.flag && !options.methods.includes('PUT')) options.methods.push('PUT')
  if (!options.methods.includes('PUT')) return res.status(409).end()
  return handler(req, res)
}
`,
      'pages/api/tides.ts': `
import { withMethods } from '../../lib/known'
async function handler(req, res) { if (req.method === 'GET') return res.status(200).json({}) }
export default withMethods(handler, { methods: ['GET'] })
`,
    }),
  ).toEqual({ '/api/tides': [expect.stringMatching(/^409/)] })
})
