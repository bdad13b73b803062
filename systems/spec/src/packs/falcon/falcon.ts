import { errorsOf } from '../http-errors.ts'
import type { Pack, RouterRule } from '../pack.ts'

const [request, answer] = ['falcon.Request()', 'falcon.Response()']

// "Middleware": all that come before the responder.
const app: RouterRule = {
  isApp: true,
  befores: { arg: 'middleware', methods: ['process_request', 'process_resource'] },
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
    [`${request}.get_param`]: { does: 'read', in: 'query', name: { at: 0, name: 'name' } },
    [`${request}.get_param_as_int`]: {
      does: 'read',
      in: 'query',
      name: { at: 0, name: 'name' },
      type: 'integer',
    },
    [`${request}.get_param_as_bool`]: {
      does: 'read',
      in: 'query',
      name: { at: 0, name: 'name' },
      type: 'boolean',
    },
    [`${request}.get_param_as_list`]: { does: 'read', in: 'query', name: { at: 0, name: 'name' } },
    [`${request}.get_header`]: { does: 'read', in: 'header', name: { at: 0, name: 'name' } },
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
  // "Media": what `get_media` raises.
  unreadBody: { raises: 'falcon.MediaMalformedError', status: 400 },
  errors: {
    ...errorsOf((name) => `falcon.HTTP${name}`),
    ...errorsOf((name) => `falcon.errors.HTTP${name}`),
    'falcon.HTTPInvalidHeader': 400,
    'falcon.HTTPInvalidParam': 400,
    'falcon.HTTPMissingParam': 400,
    'falcon.HTTPMissingHeader': 400,
    'falcon.HTTPError': { arg: { at: 0, name: 'status' } },
    'falcon.HTTPStatus': { arg: { at: 0, name: 'status' } },
  },
  silentStatus: 200,
}
