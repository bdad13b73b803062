import type { CallRule, MethodRule, Pack, ParameterPlace } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete']
const held: Record<string, ParameterPlace> = {
  query: 'query',
  params: 'query',
  headers: 'header',
  cookies: 'cookie',
  forms: 'form',
}
const routes: Record<string, MethodRule> = {
  ...Object.fromEntries(
    verbs.map((verb): [string, MethodRule] => [
      verb,
      { does: 'route', method: verb.toUpperCase(), path: { at: 0, name: 'path' }, decorates: true },
    ]),
  ),
  route: {
    does: 'route',
    method: 'GET',
    methods: { at: 1, name: 'method' },
    path: { at: 0, name: 'path' },
    handlers: { at: 2, name: 'callback' },
    decorates: true,
  },
}

/** "Hooks". */
const hook: MethodRule = { does: 'before', only: 'before_request', fn: 1 }

/** Bottle 0.12 and 0.13 (bottlepy.org, "Request Routing", "Generating content", "Request Data"). */
export const bottle: Pack = {
  framework: 'Bottle',
  language: 'python',
  uses: /^bottle$/,
  routers: { 'bottle.Bottle': { isApp: true } },
  routerTypes: { 'bottle.Bottle': true },
  methods: {
    ...routes,
    mount: { does: 'mount', prefix: { at: 0, name: 'prefix' }, child: { at: 1, name: 'app' } },
    merge: { does: 'mount', child: 0 },
    hook,
    error: { does: 'error', type: 0, handler: 1, decorates: true },
  },
  functions: Object.fromEntries(
    Object.entries({ ...routes, hook }).map(([name, rule]) => [`bottle.${name}`, rule]),
  ),
  syntax: 'bottle',
  isStrictSlash: true,
  calls: {
    'bottle.abort': {
      does: 'raise',
      status: { arg: { at: 0, name: 'code' }, otherwise: 500 },
      message: { at: 1, name: 'text' },
      never: true,
    },
    'bottle.redirect': {
      does: 'raise',
      status: { arg: { at: 1, name: 'code' }, otherwise: 303 },
      never: true,
    },
    'bottle.request.get_cookie': { does: 'read', in: 'cookie', name: 0, otherwise: 1 },
    'bottle.request.get_header': { does: 'read', in: 'header', name: 0, otherwise: 1 },
    ...Object.fromEntries(
      Object.entries(held).map(([name, place]): [string, CallRule] => [
        `bottle.request.${name}.get`,
        { does: 'read', in: place, name: 0, otherwise: 1 },
      ]),
    ),
  },
  inputs: {
    ...Object.fromEntries(Object.entries(held).map(([name, place]) => [`bottle.request.${name}`, place])),
    'bottle.request.json': 'body',
  },
  assigns: { 'bottle.response.status': 'status' },
  errors: {
    'bottle.HTTPError': { arg: { at: 0, name: 'status' }, otherwise: 500 },
    'bottle.HTTPResponse': { arg: { at: 1, name: 'status' }, otherwise: 200 },
  },
  // "BaseRequest.json".
  unreadBody: { raises: 'bottle.HTTPError', status: 400 },
  answers: { 'bottle.static_file': { status: 200 }, 'bottle.template': { status: 200 } },
  returns: { status: 200, isBody: true },
  functionParameters: 'path',
}
