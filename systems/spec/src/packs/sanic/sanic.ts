import { errorsOf } from '../http-errors.ts'
import type { CallRule, MethodRule, Pack, ParameterPlace, RouterRule, StatusRule } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const request = 'sanic.Request()'
const held: Record<string, ParameterPlace> = {
  args: 'query',
  headers: 'header',
  cookies: 'cookie',
  form: 'form',
}
const response = (status = 200): { status: StatusRule; body: { at: number; name: string } } => ({
  status: { arg: { at: 1, name: 'status' }, otherwise: status },
  body: { at: 0, name: 'body' },
})

// "Exceptions", "Custom error handling": a handler answers what no other does by its method `default`.
const app: RouterRule = { isApp: true, errorHandler: { arg: 'error_handler', method: 'default' } }

/** "Versioning": the nearest version counts. */
const part: RouterRule = { isApp: false, prefix: 'url_prefix', handsDown: ['version', 'version_prefix'] }

/** Sanic (sanic.dev, "Routing", "Blueprints", "Class Based Views", "Request", "Response", "Exceptions"). */
export const sanic: Pack = {
  framework: 'Sanic',
  language: 'python',
  uses: /^sanic(?:\.|$)/,
  routers: {
    'sanic.Sanic': app,
    'sanic.app.Sanic': app,
    'sanic.Blueprint': part,
    'sanic.blueprints.Blueprint': part,
    'sanic.Blueprint.group': { ...part, holdsParts: true },
    'sanic.blueprints.Blueprint.group': { ...part, holdsParts: true },
  },
  routerTypes: { 'sanic.Sanic': true, 'sanic.Blueprint': false },
  methods: {
    ...Object.fromEntries(
      verbs.map((verb): [string, MethodRule] => [
        verb,
        { does: 'route', method: verb.toUpperCase(), path: { at: 0, name: 'uri' }, decorates: true },
      ]),
    ),
    route: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 0, name: 'uri' },
      decorates: true,
    },
    add_route: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 1, name: 'uri' },
      handlers: { at: 0, name: 'handler' },
    },
    blueprint: {
      does: 'mount',
      prefix: 'url_prefix',
      child: { at: 0, name: 'blueprint' },
      childPrefix: 'url_prefix',
    },
    // `app.error_handler.add`
    add: { does: 'error', type: 0, handler: 1 },
    middleware: { does: 'before', fn: 0, only: 'request' },
    on_request: { does: 'before', fn: 0 },
    exception: { does: 'error', type: 0, handler: 1, decorates: true },
  },
  routerSets: { error_handler: { method: 'default' } },
  selfMembers: ['error_handler'],
  versions: { option: 'version', prefix: 'version_prefix', otherwise: '/v' },
  parameters: [request],
  beforeParameters: [request],
  syntax: 'name-first',
  isStrictSlash: true,
  calls: Object.fromEntries(
    Object.entries(held).flatMap(([name, place]) =>
      ['get', 'getlist'].map((method): [string, CallRule] => [
        `${request}.${name}.${method}`,
        { does: 'read', in: place, name: 0, otherwise: 1 },
      ]),
    ),
  ),
  inputs: {
    ...Object.fromEntries(Object.entries(held).map(([name, place]) => [`${request}.${name}`, place])),
    [`${request}.json`]: 'body',
  },
  // sanic-ext, "Validation".
  schemas: (
    [
      ['json', 'body'],
      ['form', 'form'],
      ['query', 'query'],
    ] as const
  ).map(([name, otherwise]) => ({
    of: /^sanic_ext\.(?:\w+\.)*validate\(\)$/,
    schema: name,
    place: 'location',
    otherwise,
    status: 400,
    raises: 'sanic.exceptions.BadRequest',
  })),
  // "Request": `json` of a body that is none.
  unreadBody: { raises: 'sanic.exceptions.InvalidUsage', status: 400 },
  errors: {
    ...errorsOf((name) => `sanic.exceptions.${name}`),
    'sanic.exceptions.InvalidUsage': 400,
    'sanic.exceptions.ServerError': 500,
    'sanic.exceptions.PayloadTooLarge': 413,
    'sanic.exceptions.RangeNotSatisfiable': 416,
    'sanic.exceptions.HeaderExpectationFailed': 417,
    'sanic.exceptions.InvalidHeader': 400,
    'sanic.exceptions.InvalidRangeType': 416,
    'sanic.exceptions.FileNotFound': 404,
    'sanic.exceptions.MethodNotSupported': 405,
    'sanic.exceptions.SanicException': { arg: { at: 1, name: 'status_code' }, otherwise: 500 },
  },
  answers: {
    ...Object.fromEntries(
      ['json', 'text', 'html', 'raw', 'HTTPResponse', 'JSONResponse'].flatMap((name) => [
        [`sanic.response.${name}`, response()],
        [`sanic.${name}`, response()],
      ]),
    ),
    'sanic.response.file': { status: 200 },
    'sanic.response.empty': { status: { arg: { at: 0, name: 'status' }, otherwise: 204 } },
    'sanic.empty': { status: { arg: { at: 0, name: 'status' }, otherwise: 204 } },
    'sanic.response.redirect': { status: { arg: { at: 2, name: 'status' }, otherwise: 302 } },
    'sanic.redirect': { status: { arg: { at: 2, name: 'status' }, otherwise: 302 } },
  },
}
