import { errorsOf } from '../http-errors.ts'
import type { CallRule, MethodRule, Pack, ParameterPlace, StatusRule } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const byVerb = <T>(name: (verb: string) => string, rule: (verb: string) => T): Record<string, T> =>
  Object.fromEntries(verbs.map((verb) => [name(verb), rule(verb)]))
const route = (verb: string): MethodRule => ({
  does: 'route',
  method: verb.toUpperCase(),
  path: { at: 0, name: 'path' },
  handlers: { at: 1, name: 'handler' },
})
const view: MethodRule = { ...route('class'), method: 'class' } as MethodRule
const named: MethodRule = {
  does: 'handle',
  methods: { at: 0, name: 'method' },
  path: { at: 1, name: 'path' },
  handlers: 2,
}
const response = (body: number | string): { status: StatusRule; body: number | string } => ({
  status: { arg: { at: 99, name: 'status' }, otherwise: 200 },
  body,
})
const request = 'aiohttp.web.Request()'
const held: Record<string, ParameterPlace> = {
  query: 'query',
  rel_url: 'query',
  headers: 'header',
  cookies: 'cookie',
  match_info: 'path',
}

/** "Web Exceptions": these are raised as well, and are answers all the same. */
const successes: Record<string, number> = Object.fromEntries(
  Object.entries({
    Ok: 200,
    Created: 201,
    Accepted: 202,
    NoContent: 204,
    MovedPermanently: 301,
    Found: 302,
    SeeOther: 303,
    NotModified: 304,
    TemporaryRedirect: 307,
    PermanentRedirect: 308,
  }).map(([name, status]) => [`aiohttp.web.HTTP${name}`, status]),
)

/** aiohttp's server, versions 3 (docs.aiohttp.org, "Web Server Quickstart", "Server Reference"). */
export const aiohttp: Pack = {
  framework: 'aiohttp',
  language: 'python',
  uses: /^aiohttp(?:\.web)?$/,
  routers: {
    'aiohttp.web.Application': { isApp: true, middleware: 'middlewares' },
    'aiohttp.web.RouteTableDef': { isApp: false },
  },
  routerTypes: { 'aiohttp.web.Application': true },
  selfMembers: ['router'],
  methods: {
    ...byVerb((verb) => `add_${verb}`, route),
    // "Application": a mapping, of which `get` asks what it keeps.
    ...byVerb(
      (verb) => verb,
      (verb): MethodRule => ({ ...route(verb), decorates: true, isOfParts: true }) as MethodRule,
    ),
    route: {
      does: 'route',
      method: 'GET',
      methods: { at: 0, name: 'method' },
      path: { at: 1, name: 'path' },
      decorates: true,
    },
    view: { ...view, decorates: true } as MethodRule,
    add_route: named,
    add_view: view,
    add_routes: { does: 'list', routes: 0 },
    add_subapp: { does: 'mount', prefix: { at: 0, name: 'prefix' }, child: { at: 1, name: 'subapp' } },
  },
  listed: {
    ...byVerb((verb) => `aiohttp.web.${verb}`, route),
    'aiohttp.web.route': named,
    'aiohttp.web.view': view,
  },
  instances: { 'aiohttp.web.View': 'aiohttp:view' },
  holds: { 'aiohttp:view.request': request },
  parameters: [request, 'aiohttp:next'],
  syntax: 'braces',
  isStrictSlash: true,
  calls: {
    'aiohttp:next': { does: 'next' },
    [`${request}.json`]: { does: 'body' },
    [`${request}.post`]: { does: 'inputs', in: 'form' },
    [`${request}.rel_url.query.get`]: { does: 'read', in: 'query', name: 0, otherwise: 1 },
    ...Object.fromEntries(
      ['Response', 'StreamResponse'].map((name): [string, CallRule] => [
        `aiohttp.web.${name}().set_status`,
        { does: 'status', status: { arg: 0 }, isOfOne: true },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(held).flatMap(([name, place]) =>
        ['get', 'getall', 'getone'].map((method): [string, CallRule] => [
          `${request}.${name}.${method}`,
          { does: 'read', in: place, name: 0, otherwise: 1 },
        ]),
      ),
    ),
  },
  inputs: {
    ...Object.fromEntries(
      Object.entries(held)
        .filter(([name]) => name !== 'rel_url')
        .map(([name, place]) => [`${request}.${name}`, place]),
    ),
    [`${request}.rel_url.query`]: 'query',
  },
  // aiohttp-apispec, README: `validation_middleware` refuses what does not fit with 422.
  schemas: Object.entries({
    request: 'body',
    json: 'body',
    querystring: 'query',
    form: 'form',
    headers: 'header',
    cookies: 'cookie',
    match_info: 'path',
  } as const).map(([name, place]) => ({
    of: new RegExp(String.raw`^aiohttp_apispec\.(?:\w+\.)?${name}_schema\(\)$`),
    schema: 0,
    place: 'location',
    otherwise: place,
    status: 422,
    raises: 'aiohttp.web.HTTPUnprocessableEntity',
  })),
  unreadBody: { raises: 'json.JSONDecodeError', status: 0 },
  errorBases: [
    { of: /^json\.JSONDecodeError$/, bases: ['json.decoder.JSONDecodeError'] },
    {
      of: /^aiohttp\.web(?:_exceptions)?\.HTTP(?!Exception$)\w+$/,
      bases: ['aiohttp.web.HTTPException', 'aiohttp.web_exceptions.HTTPException'],
    },
  ],
  errors: {
    ...errorsOf((name) => `aiohttp.web.HTTP${name}`),
    ...errorsOf((name) => `aiohttp.web_exceptions.HTTP${name}`),
    ...successes,
  },
  answers: {
    'aiohttp.web.Response': response('text'),
    'aiohttp.web.StreamResponse': response('text'),
    'aiohttp.web.FileResponse': response('path'),
    'aiohttp.web.json_response': response(0),
    ...Object.fromEntries(Object.entries(successes).map(([name, status]) => [name, { status }])),
  },
}
