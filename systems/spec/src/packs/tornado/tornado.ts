import type { CallRule, MethodRule, Pack } from '../pack.ts'

/** An argument that is asked for without a default is a 400 where it is missing (tornadoweb.org, "RequestHandler", "Input"). */
const read = (place: 'query' | 'header' | 'cookie' | 'form', missing?: true): CallRule => ({
  does: 'read',
  in: place,
  name: { at: 0, name: 'name' },
  otherwise: { at: 1, name: 'default' },
  ...(missing ? { missing: 'tornado.web.MissingArgumentError' } : {}),
})
const route: MethodRule = {
  does: 'route',
  method: 'class',
  path: { at: 0, name: 'pattern' },
  handlers: { at: 1, name: 'handler' },
}
const argument: CallRule = { ...read('query', true), withBody: 'form' } as CallRule

/** Tornado 5 and 6 (tornadoweb.org, "tornado.web"). */
export const tornado: Pack = {
  framework: 'Tornado',
  language: 'python',
  uses: /^tornado(?:\.|$)/,
  routers: {
    'tornado.web.Application': { isApp: true, routes: { at: 0, name: 'handlers' } },
  },
  methods: { add_handlers: { does: 'list', routes: 1 } },
  listed: {
    '[]': route,
    'tornado.web.url': route,
    'tornado.web.URLSpec': route,
  },
  instances: { 'tornado.web.RequestHandler': 'tornado:handler' },
  runsBefore: ['prepare'],
  syntax: 'regex',
  isStrictSlash: true,
  namesByPosition: true,
  calls: {
    'tornado:handler.get_argument': argument,
    'tornado:handler.get_arguments': { ...read('query'), withBody: 'form' } as CallRule,
    'tornado:handler.get_query_argument': read('query', true),
    'tornado:handler.get_query_arguments': read('query'),
    'tornado:handler.get_body_argument': read('form', true),
    'tornado:handler.get_body_arguments': read('form'),
    'tornado:handler.get_cookie': read('cookie'),
    'tornado:handler.get_secure_cookie': read('cookie'),
    'tornado:handler.get_signed_cookie': read('cookie'),
    'tornado:handler.request.headers.get': read('header'),
    // "RequestHandler.write": what is written is kept until the end, and has the status that is set then.
    'tornado:handler.set_status': {
      does: 'status',
      status: { arg: { at: 0, name: 'status_code' } },
      isForSent: true,
      isForReturned: true,
    },
    'tornado:handler.write': { does: 'respond', body: 0 },
    'tornado:handler.finish': { does: 'respond', body: 0 },
    'tornado:handler.render': { does: 'respond', media: 'text/html' },
    'tornado:handler.redirect': {
      does: 'respond',
      status: {
        arg: { at: 2, name: 'status' },
        otherwise: 302,
        whereTrue: { arg: { at: 1, name: 'permanent' }, status: 301 },
      },
    },
    // "RequestHandler.send_error": it answers by itself, and finishes.
    'tornado:handler.send_error': {
      does: 'respond',
      status: { arg: { at: 0, name: 'status_code' }, otherwise: 500 },
    },
  },
  inputs: {
    'tornado:handler.request.headers': 'header',
    'tornado:handler.request.body': 'body',
  },
  errors: {
    'tornado.web.HTTPError': { arg: { at: 0, name: 'status_code' }, otherwise: 500 },
    'tornado.web.MissingArgumentError': 400,
  },
  // "RequestHandler": the message of an error is for the log.
  loggedErrors: /^tornado\.web\.HTTPError\(\)$/,
  errorBases: [{ of: /^tornado\.web\.MissingArgumentError$/, bases: ['tornado.web.HTTPError'] }],
  // tornadoweb.org, "Authentication and security": who is not signed in is sent to sign in where a page is asked for.
  refuses: [{ of: /^tornado\.web\.authenticated$/, status: 403, isForUnknown: true, on: /^(?!GET$|HEAD$)/ }],
  returns: { status: 200, isBody: false },
  finishes: true,
}
