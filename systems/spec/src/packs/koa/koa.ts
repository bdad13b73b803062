import { nodeErrors, nodeRefusals, nodeSchemas } from '../node-errors.ts'
import type { MethodRule, Pack } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    // github.com/koajs/router, "Named routes".
    { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1, mayBeNamed: true },
  ]),
)

/** Koa with its router (koajs.com; github.com/koajs/router, "API"). */
export const koa: Pack = {
  framework: 'Koa',
  language: 'javascript',
  uses: /^(?:koa|koa-router|@koa\/router)$/,
  routers: {
    koa: { isApp: true },
    'koa-router': { isApp: false, prefix: { arg: 0, option: 'prefix' } },
    '@koa/router': { isApp: false, prefix: { arg: 0, option: 'prefix' } },
    '@koa/router.Router': { isApp: false, prefix: { arg: 0, option: 'prefix' } },
  },
  routerTypes: { koa: true, 'koa-router': false, '@koa/router': false },
  methods: {
    ...routes,
    del: { does: 'route', method: 'DELETE', path: 0, handlers: 1, mayBeNamed: true },
    all: { does: 'route', method: '*', path: 0, handlers: 1, mayBeNamed: true },
    register: { does: 'handle', methods: 1, path: 0, handlers: 2 },
    use: { does: 'use' },
    routes: { does: 'routes' },
    middleware: { does: 'routes' },
    prefix: { does: 'prefix', path: 0 },
    param: { does: 'param', name: 0, drops: 1 },
    allowedMethods: { does: 'self' },
  },
  syntax: 'colon',
  parameters: ['koa:ctx', 'koa:next'],
  firstRouteAnswers: true,
  calls: {
    'koa:ctx.throw': {
      does: 'raise',
      status: { arg: 0, otherwise: 500 },
      message: 1,
      never: true,
      throws: 'http-errors',
    },
    // koajs.com, "response.redirect".
    'koa:ctx.redirect': { does: 'respond', status: 302, keepsRedirect: true },
    'koa:ctx.assert': { does: 'raise', status: { arg: 1 }, message: 2, asserts: 0, throws: 'http-errors' },
    'koa:next': { does: 'next' },
    'koa:ctx.get': { does: 'read', in: 'header', name: 0 },
    'koa:ctx.request.get': { does: 'read', in: 'header', name: 0 },
    'koa:ctx.cookies.get': { does: 'read', in: 'cookie', name: 0 },
  },
  ofApp: { context: 'koa:ctx', request: 'koa:ctx.request', response: 'koa:ctx.response' },
  inputs: {
    'koa:ctx.query': 'query',
    'koa:ctx.request.query': 'query',
    'koa:ctx.params': 'path',
    'koa:ctx.request.params': 'path',
    'koa:ctx.headers': 'header',
    'koa:ctx.request.headers': 'header',
    'koa:ctx.request.body': 'body',
    // koa-body, README: files of a form of parts.
    'koa:ctx.request.files': 'form',
  },
  fileInputs: ['koa:ctx.request.files'],
  assigns: {
    'koa:ctx.status': 'status',
    'koa:ctx.body': 'body',
    'koa:ctx.response.status': 'status',
    'koa:ctx.response.body': 'body',
  },
  // koajs.com, "response.body=".
  emptyStatus: 204,
  saysAnswered: ['koa:ctx.headerSent', 'koa:ctx.res.headersSent', 'koa:ctx.response.headerSent'],
  unexpectedStatus: 500,
  errors: nodeErrors,
  refuses: nodeRefusals,
  schemas: nodeSchemas,
  errorMembers: ['status', 'statusCode'],
  // co-body, README: what JSON.parse throws has the status 400.
  unreadBody: {
    raises: 'body-parser.SyntaxError',
    status: 400,
    isBefore: true,
    by: /^(?:koa-bodyparser|@koa\/bodyparser|koa-body)(?:\.\w+)?\(\)$/,
    longer: { option: 'jsonLimit', raises: 'body-parser.PayloadTooLargeError', status: 413 },
  },
}

const validated = { keys: ['pre', 'handler'], schema: 'validate' }

/** Routes with what is asked of their requests by Joi (github.com/koajs/joi-router, "API"). */
export const koaJoiRouter: Pack = {
  ...koa,
  uses: /^koa-joi-router$/,
  routers: { 'koa-joi-router': { isApp: false } },
  routerTypes: { 'koa-joi-router.Router': false },
  methods: {
    ...Object.fromEntries(
      Object.entries(koa.methods ?? {}).map(([name, rule]) => [
        name,
        rule.does === 'route' ? { ...rule, object: validated } : rule,
      ]),
    ),
    route: { does: 'object', arg: 0, ...validated },
  },
  checksSchemas: true,
  invalidStatus: 400,
  schemaStatus: { status: 'failure', goesOn: 'continueOnError' },
}

/** Routes that are middleware, one by one (github.com/koajs/route, "Example"). */
export const koaRoute: Pack = {
  ...koa,
  uses: /^koa-route$/,
  routers: Object.fromEntries(
    Object.entries({ ...routes, del: routes['delete'], all: koa.methods?.['all'] }).flatMap(([name, route]) =>
      route ? [[`koa-route.${name}`, { isApp: false, route }]] : [],
    ),
  ),
  routerTypes: {},
  pathParts: 'koa:ctx.params',
}
