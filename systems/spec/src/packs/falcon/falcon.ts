import { errorsOf } from '../http-errors.ts'
import type { CallRule, Pack, RouterRule } from '../pack.ts'

const [request, answer] = ['falcon.Request()', 'falcon.Response()']

// "Middleware": all that come before the responder.
const app: RouterRule = {
  isApp: true,
  befores: { arg: 'middleware', methods: ['process_request', 'process_resource'] },
}

// "Request", "get_param": what is asked for and missing, and what is none of its type, is a 400.
const param = (type?: 'integer' | 'number' | 'boolean' | 'list'): CallRule => ({
  does: 'read',
  in: 'query',
  name: { at: 0, name: 'name' },
  missing: 'falcon.HTTPMissingParam',
  requiredBy: 'required',
  ...(type === undefined ? {} : { type }),
  ...(type === undefined || type === 'list' ? {} : { unfit: 'falcon.HTTPInvalidParam' }),
})
const header = {
  does: 'read',
  in: 'header',
  name: { at: 0, name: 'name' },
  missing: 'falcon.HTTPMissingHeader',
  requiredBy: 'required',
} as const

/** What has another name than in HTTP ("Error Handling"), and what sends elsewhere ("Redirection"). */
const others: Record<string, number> = {
  RouteNotFound: 404,
  ContentTooLarge: 413,
  PayloadTooLarge: 413,
  UriTooLong: 414,
  RangeNotSatisfiable: 416,
  LoopDetected: 508,
  NetworkAuthenticationRequired: 511,
  VersionNotSupported: 505,
  MovedPermanently: 301,
  Found: 302,
  SeeOther: 303,
  TemporaryRedirect: 307,
  PermanentRedirect: 308,
}

/** Falcon 3 and 4 (falcon.readthedocs.io, "The App Class", "Routing", "Request & Response", "Error Handling"). */
export const falcon: Pack = {
  framework: 'Falcon',
  language: 'python',
  uses: /^falcon(?:\.|$)/,
  routers: {
    'falcon.App': app,
    'falcon.API': app,
    'falcon.asgi.App': app,
  },
  methods: {
    add_route: {
      does: 'route',
      method: 'class',
      path: { at: 0, name: 'uri_template' },
      handlers: { at: 1, name: 'resource' },
    },
    add_error_handler: { does: 'error', type: 0, handler: 1 },
  },
  methodPrefix: 'on_',
  hookMarks: /^falcon\.before\(\)$/,
  parameters: [request, answer],
  beforeParameters: [request, answer],
  errorParameters: [request, answer, 'error'],
  syntax: 'braces',
  isStrictSlash: true,
  calls: {
    [`${request}.get_param`]: param(),
    [`${request}.get_param_as_int`]: param('integer'),
    [`${request}.get_param_as_float`]: param('number'),
    [`${request}.get_param_as_bool`]: param('boolean'),
    [`${request}.get_param_as_list`]: param('list'),
    ...Object.fromEntries(
      ['uuid', 'date', 'datetime', 'json', 'media'].map((type) => [
        `${request}.get_param_as_${type}`,
        param(),
      ]),
    ),
    [`${request}.get_header`]: header,
    [`${request}.get_header_as_int`]: { ...header, type: 'integer' },
    [`${request}.get_media`]: { does: 'body' },
    [`${request}.params.get`]: { does: 'read', in: 'query', name: 0, otherwise: 1 },
    [`${request}.cookies.get`]: { does: 'read', in: 'cookie', name: 0, otherwise: 1 },
    [`${request}.headers.get`]: { does: 'read', in: 'header', name: 0, otherwise: 1 },
  },
  inputs: {
    [`${request}.params`]: 'query',
    [`${request}.headers`]: 'header',
    [`${request}.cookies`]: 'cookie',
    [`${request}.media`]: 'body',
  },
  assigns: {
    [`${answer}.status`]: 'status',
    [`${answer}.status_code`]: 'status',
    [`${answer}.media`]: 'body',
    [`${answer}.text`]: 'body',
    [`${answer}.body`]: 'body',
    [`${answer}.data`]: 'body',
  },
  // "Media validation".
  schemas: [
    {
      of: /^falcon\.media\.validators\.jsonschema\.validate\(\)$/,
      schema: { at: 0, name: 'req_schema' },
      place: 'location',
      otherwise: 'body',
      status: 400,
      raises: 'falcon.MediaValidationError',
    },
  ],
  // "Media": what `get_media` raises.
  unreadBody: { raises: 'falcon.MediaMalformedError', status: 400, isForNone: true },
  errors: {
    ...errorsOf((name) => `falcon.HTTP${name}`),
    ...errorsOf((name) => `falcon.errors.HTTP${name}`),
    ...Object.fromEntries(Object.entries(others).map(([name, status]) => [`falcon.HTTP${name}`, status])),
    'falcon.MediaNotFoundError': 400,
    'falcon.MediaMalformedError': 400,
    'falcon.MediaValidationError': 400,
    'falcon.HTTPInvalidHeader': 400,
    'falcon.HTTPInvalidParam': 400,
    'falcon.HTTPMissingParam': 400,
    'falcon.HTTPMissingHeader': 400,
    'falcon.HTTPError': { arg: { at: 0, name: 'status' } },
    'falcon.HTTPStatus': { arg: { at: 0, name: 'status' } },
  },
  silentStatus: 200,
}
