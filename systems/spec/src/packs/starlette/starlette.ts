import type { CallRule, MethodRule, Pack, ParameterPlace, StatusRule } from '../pack.ts'

const request = 'starlette.requests.Request()'
const held: Record<string, ParameterPlace> = {
  query_params: 'query',
  headers: 'header',
  cookies: 'cookie',
  path_params: 'path',
}
const response = (otherwise = 200): { status: StatusRule; body: { at: number; name: string } } => ({
  status: { arg: { at: 1, name: 'status_code' }, otherwise },
  body: { at: 0, name: 'content' },
})
const route: MethodRule = {
  does: 'route',
  method: 'GET',
  methods: 'methods',
  path: { at: 0, name: 'path' },
  handlers: { at: 1, name: 'endpoint' },
}
const mount: MethodRule = {
  does: 'mount',
  prefix: { at: 0, name: 'path' },
  child: { at: 1, name: 'app' },
  routes: 'routes',
}
const kinds = ['JSON', 'PlainText', 'HTML', 'Streaming', 'File', '']

/** Starlette (starlette.io, "Routing", "Endpoints", "Requests", "Responses", "Exceptions"). */
export const starlette: Pack = {
  framework: 'Starlette',
  language: 'python',
  uses: /^starlette\.(?:applications|routing)$/,
  routers: {
    'starlette.applications.Starlette': {
      begins: 'lifespan',
      isApp: true,
      routes: { at: 1, name: 'routes' },
      errors: 'exception_handlers',
      befores: { arg: 'middleware', methods: ['dispatch'] },
    },
    'starlette.routing.Router': { isApp: false, routes: { at: 0, name: 'routes' } },
  },
  methods: {
    add_route: route,
    route: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 0, name: 'path' },
      decorates: true,
    },
    mount,
    exception_handler: { does: 'error', type: 0, handler: 1, decorates: true },
    add_exception_handler: { does: 'error', type: 0, handler: 1 },
    add_middleware: { does: 'before', fn: 0, method: 'dispatch' },
    middleware: { does: 'before', fn: 1, only: 'http' },
  },
  // "Middleware": what is added last stands outermost; "Exceptions": all of it stands around their handlers.
  lastComesFirst: true,
  errorsAround: { raisedAs: 500 },
  listed: { 'starlette.routing.Route': route, 'starlette.routing.Mount': mount },
  instances: { 'starlette.endpoints.HTTPEndpoint': 'starlette:endpoint' },
  parameters: [request],
  beforeParameters: [request, 'fastapi:call_next'],
  syntax: 'braces',
  isStrictSlash: true,
  calls: {
    [`${request}.json`]: { does: 'body' },
    [`${request}.form`]: { does: 'inputs', in: 'form' },
    ...Object.fromEntries(
      Object.entries(held).map(([name, place]): [string, CallRule] => [
        `${request}.${name}.get`,
        { does: 'read', in: place, name: 0, otherwise: 1 },
      ]),
    ),
  },
  inputs: Object.fromEntries(Object.entries(held).map(([name, place]) => [`${request}.${name}`, place])),
  errors: { 'starlette.exceptions.HTTPException': { arg: { at: 0, name: 'status_code' } } },
  refuses: [{ of: /^starlette\.authentication\.requires(?:\(\))?$/, status: 403, statusBy: 'status_code' }],
  answers: {
    ...Object.fromEntries(kinds.map((kind) => [`starlette.responses.${kind}Response`, response()])),
    'starlette.responses.RedirectResponse': {
      status: { arg: { at: 1, name: 'status_code' }, otherwise: 307 },
    },
  },
}
