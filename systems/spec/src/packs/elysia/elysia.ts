import { nodeErrors } from '../node-errors.ts'
import { bearer } from '../credentials.ts'
import type { MethodRule, Pack } from '../pack.ts'
import { webAnswers } from '../web-answers.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1, settings: 2, runs: ['beforeHandle'] },
  ]),
)
const given = { status: { arg: 0, otherwise: 200 }, body: 1 }

/** Elysia 1 (elysiajs.com, "Route", "Handler", "Validation", "Life Cycle", "Plugin"). */
export const elysia: Pack = {
  framework: 'Elysia',
  language: 'javascript',
  uses: /^(?:elysia|@elysiajs\/.*)$/,
  routers: {
    elysia: { isApp: true, prefix: { arg: 0, option: 'prefix' } },
    'elysia.Elysia': { isApp: true, prefix: { arg: 0, option: 'prefix' } },
  },
  routerTypes: { elysia: false, 'elysia.Elysia': false },
  methods: {
    ...routes,
    all: { does: 'route', method: '*', path: 0, handlers: 1, settings: 2, runs: ['beforeHandle'] },
    route: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    use: { does: 'plug' },
    group: { does: 'group', prefix: 0, body: -1, isOwn: true },
    guard: { does: 'group', body: 1, isOwn: true, runs: { arg: 0, keys: ['beforeHandle'] } },
    prefix: { does: 'self' },
    onBeforeHandle: { does: 'use' },
    onTransform: { does: 'use' },
    onRequest: { does: 'use' },
    derive: { does: 'use' },
    resolve: { does: 'use' },
    onError: { does: 'self' },
    ...Object.fromEntries(
      [
        'decorate',
        'state',
        'model',
        'macro',
        'onAfterHandle',
        'onStart',
        'onStop',
        'listen',
        'ws',
        'as',
        'trace',
        'onParse',
        'mapResponse',
        'headers',
        'error',
        'mount',
      ].map((name): [string, MethodRule] => [name, { does: 'self' }]),
    ),
  },
  syntax: 'colon',
  parameters: ['elysia:c'],
  calls: { 'elysia:c.request.headers.get': { does: 'read', in: 'header', name: 0 } },
  inputs: {
    'elysia:c.query': 'query',
    'elysia:c.params': 'path',
    'elysia:c.headers': 'header',
    'elysia:c.cookie': 'cookie',
    'elysia:c.body': 'body',
  },
  assigns: { 'elysia:c.set.status': 'status' },
  errors: {
    ...nodeErrors,
    'elysia.NotFoundError': 404,
    'elysia.InternalServerError': 500,
    'elysia.ParseError': 400,
    'elysia.ValidationError': 422,
    'elysia.InvalidCookieSignature': 400,
    'elysia:c.error': { arg: 0 },
    'elysia:c.status': { arg: 0 },
    'elysia.error': { arg: 0 },
    'elysia.status': { arg: 0 },
  },
  errorMembers: ['status'],
  refuses: [
    { of: /^elysia-rate-limit\.rateLimit\(\)$/, status: 429 },
    { of: /^@elysiajs\/bearer\.bearer\(\)$/, status: 400, asks: [bearer], unless: { option: 'extract' } },
  ],
  answers: {
    ...webAnswers,
    'elysia:c.redirect': { status: { arg: 1, otherwise: 302 } },
    'elysia.redirect': { status: { arg: 1, otherwise: 302 } },
    'elysia:c.status': given,
    'elysia:c.error': given,
    'elysia.status': given,
    'elysia.error': given,
  },
  returns: { status: 200, isBody: true },
  checksSchemas: true,
  invalidStatus: 422,
  hasBodiless: true,
}
