import { basic, bearer } from '../credentials.ts'
import { nodeErrors } from '../node-errors.ts'
import type { CallRule, Pack } from '../pack.ts'

const roots = ['@hapi/hapi', 'hapi']

// hapi.dev, "Response Object": what sets up an answer gives that same answer, also where it is called by itself.
const setsUp =
  'bytes charset encoding escape etag header location message passThrough replacer spaces state suffix takeover ttl type unstate vary'
const onAnswers = (answer: string): [string, CallRule][] => [
  ...setsUp.split(' ').map((name): [string, CallRule] => [`${answer}.${name}`, { does: 'self' }]),
  [`${answer}.code`, { does: 'status', status: { arg: 0 }, isOfOne: true }],
  [`${answer}.created`, { does: 'status', status: 201, isOfOne: true }],
]

/** hapi 17 to 21, and before 17 what answers by `reply` (hapi.dev, "API"). */
export const hapi: Pack = {
  framework: 'hapi',
  language: 'javascript',
  uses: /^(?:@hapi\/)?(?:hapi|glue)$/,
  routers: Object.fromEntries(
    [
      ...roots.flatMap((root) => ['server', 'Server'].map((name) => `${root}.${name}`)),
      '@hapi/glue.compose',
      'glue.compose',
    ].map((name) => [name, { isApp: true }]),
  ),
  routerTypes: Object.fromEntries(roots.map((root) => [`${root}.Server`, false])),
  methods: {
    route: {
      does: 'object',
      arg: 0,
      keys: ['pre', 'handler'],
      nested: ['options', 'config'],
      schema: 'validate',
    },
    register: { does: 'register' },
    ext: {
      does: 'hook',
      names: /^(?:onRequest|onPreAuth|onCredentials|onPostAuth|onPreHandler)$/,
      errors: /^onPreResponse$/,
    },
    bind: { does: 'self' },
  },
  syntax: 'braces',
  // hapi.dev, "Path parameters": `{p*}` matches any number of segments.
  restMayBeEmpty: true,
  parameters: ['hapi:request', 'hapi:h'],
  // hapi.dev, "Request Lifecycle": before an answer `response` is the error, made one of Boom's.
  errorParameters: ['hapi:request', 'hapi:h'],
  errorAt: 'hapi:request.response',
  inputs: {
    'hapi:request.params': 'path',
    'hapi:request.query': 'query',
    'hapi:request.headers': 'header',
    'hapi:request.state': 'cookie',
    'hapi:request.payload': 'body',
  },
  routeOptions: {
    'hapi:request.route.settings.app': 'app',
    'hapi:request.route.settings.plugins': 'plugins',
  },
  calls: {
    ...Object.fromEntries([...onAnswers('hapi:h.response()'), ...onAnswers('hapi:h()')]),
    // hapi.dev, "response.redirect".
    'hapi:h.redirect().permanent': { does: 'status', status: 301, isOfOne: true },
    'hapi:h.redirect().temporary': { does: 'status', status: 302, isOfOne: true },
    // hapi before 17, "Reply interface": `reply(…)` answers, an error by its own status.
    'hapi:h': { does: 'respond', body: 0, sendsErrors: true, maySetLater: true },
    'hapi:h().code': { does: 'status', status: { arg: 0 }, isForSent: true },
  },
  assigns: { 'hapi:h.response().statusCode': 'status' },
  unexpectedStatus: 500,
  errors: nodeErrors,
  // hapi.dev, "server.auth.scheme()" and "route.options.auth": what a strategy does not know is a 401, a scope that is missing a 403.
  refuses: [
    {
      of: /^@hapi\/auth\.bearer\(\)$/,
      status: 401,
      mayLack: { option: 'isOptional', is: true },
      asks: [bearer],
    },
    {
      of: /^@hapi\/auth\.basic\(\)$/,
      status: 401,
      mayLack: { option: 'isOptional', is: true },
      asks: [basic],
    },
    { of: /^@hapi\/auth\.other\(\)$/, status: 401, mayLack: { option: 'isOptional', is: true } },
    { of: /^@hapi\/auth\.scope\(\)$/, status: 403, byRoles: true },
  ],
  answers: {
    'hapi:h.response': { status: 200, body: 0, emptyStatus: 204 },
    'hapi:h.redirect': { status: 302 },
    'hapi:h.view': { status: 200 },
    'hapi:h.file': { status: 200 },
    'hapi:h.unauthenticated': { status: 401 },
  },
  returns: { status: 200, isBody: true, emptyStatus: 204 },
  // hapi.dev, "Lifecycle methods", "Errors": one that is returned is as one that is thrown.
  returnsErrors: true,
  checksSchemas: true,
  invalidStatus: 400,
}
