import { errorNames, errorsOf } from '../http-errors.ts'
import type { CallRule, MethodRule, Pack, RouterRule } from '../pack.ts'
import { sqlalchemyCalls, sqlalchemyErrors } from '../sqlalchemy.ts'

/** What views are given, in Pyramid's own words. */
export const pyramidRequest = 'pyramid:request'

const decorated = (method: string): MethodRule => ({
  does: 'route',
  method,
  path: 'pattern',
  decorates: true,
})
const configures = (what: Extract<MethodRule, { does: 'configure' }>['what']): MethodRule => ({
  does: 'configure',
  what,
})
const read = (place: 'query' | 'form' | 'header' | 'cookie' | 'path'): CallRule => ({
  does: 'read',
  in: place,
  name: 0,
  otherwise: { at: 1, name: 'default' },
})

/** "pyramid.httpexceptions": what is no error is an exception too. */
const successes: Record<string, number> = {
  HTTPOk: 200,
  HTTPCreated: 201,
  HTTPAccepted: 202,
  HTTPNoContent: 204,
  HTTPMovedPermanently: 301,
  HTTPFound: 302,
  HTTPSeeOther: 303,
  HTTPNotModified: 304,
  HTTPTemporaryRedirect: 307,
  HTTPPermanentRedirect: 308,
}

/** Its own names of errors that others call otherwise. */
const renamed: Record<string, number> = {
  ClientError: 400,
  RequestRangeNotSatisfiable: 416,
  InternalServerError: 500,
  ServerError: 500,
}

const namesOf = (isClient: boolean): string[] =>
  Object.entries({ ...errorNames, ...renamed }).flatMap(([name, status]) =>
    status < 500 === isClient && !/^(?:Client|Server)Error$/.test(name) ? [name] : [],
  )

const modules = ['pyramid.httpexceptions', 'pyramid.exceptions', 'webob.exc']
const ofService: RouterRule = {
  isApp: false,
  prefix: { at: 1, name: 'path' },
}

/** Pyramid 1 and 2 (docs.pylonsproject.org, "URL Dispatch", "View Configuration", "Security") and Cornice (cornice.readthedocs.io, "Services", "Validation"). */
export const pyramid: Pack = {
  framework: 'Pyramid',
  language: 'python',
  uses: /^(?:pyramid|cornice)(?:\.|$)/,
  routers: {
    'pyramid.config.Configurator': { isApp: true, prefix: 'route_prefix' },
    'cornice.Service': ofService,
    'cornice.service.Service': ofService,
  },
  methods: {
    get: decorated('GET'),
    post: decorated('POST'),
    put: decorated('PUT'),
    patch: decorated('PATCH'),
    delete: decorated('DELETE'),
    add_route: configures('route'),
    add_view: configures('view'),
    add_exception_view: configures('exception-view'),
    add_notfound_view: configures('notfound-view'),
    add_forbidden_view: configures('forbidden-view'),
    add_cornice_service: configures('service'),
    add_cornice_resource: configures('resource'),
    add_directive: configures('directive'),
    include: configures('include'),
    scan: configures('scan'),
  },
  syntax: 'braces',
  isStrictSlash: true,
  parameters: [pyramidRequest],
  errorParameters: ['error', pyramidRequest],
  answersBefore: true,
  errorsAreAnswers: true,
  lastErrorFirst: true,
  hasBodiless: true,
  calls: {
    [`${pyramidRequest}.params.get`]: read('query'),
    [`${pyramidRequest}.params.getone`]: read('query'),
    [`${pyramidRequest}.params.getall`]: read('query'),
    [`${pyramidRequest}.GET.get`]: read('query'),
    [`${pyramidRequest}.GET.getone`]: read('query'),
    [`${pyramidRequest}.GET.getall`]: read('query'),
    [`${pyramidRequest}.POST.get`]: read('form'),
    [`${pyramidRequest}.POST.getall`]: read('form'),
    [`${pyramidRequest}.headers.get`]: read('header'),
    [`${pyramidRequest}.cookies.get`]: read('cookie'),
    [`${pyramidRequest}.matchdict.get`]: read('path'),
    // "Validation": a request with errors is answered with them, whatever comes after.
    [`${pyramidRequest}.errors.add`]: {
      does: 'respond',
      status: 400,
      keepsStatus: { at: 99, name: 'status' },
      maySetLater: true,
    },
  },
  inputs: {
    [`${pyramidRequest}.params`]: 'query',
    [`${pyramidRequest}.GET`]: 'query',
    [`${pyramidRequest}.POST`]: 'form',
    [`${pyramidRequest}.headers`]: 'header',
    [`${pyramidRequest}.cookies`]: 'cookie',
    [`${pyramidRequest}.matchdict`]: 'path',
    [`${pyramidRequest}.json_body`]: 'body',
    [`${pyramidRequest}.json`]: 'body',
  },
  assigns: {
    ...Object.fromEntries(
      ['status', 'status_int', 'status_code'].map((name) => [
        `${pyramidRequest}.response.${name}`,
        'status' as const,
      ]),
    ),
    [`${pyramidRequest}.errors.status`]: 'status',
  },
  lastCalls: sqlalchemyCalls,
  errors: Object.fromEntries(
    modules.flatMap((module) =>
      Object.entries({
        ...errorsOf((name) => `${module}.HTTP${name}`),
        ...Object.fromEntries(
          Object.entries({ ...renamed, Error: 500 }).map(([name, status]) => [
            `${module}.HTTP${name}`,
            status,
          ]),
        ),
        ...Object.fromEntries(
          Object.entries(successes).map(([name, status]) => [`${module}.${name}`, status]),
        ),
      }),
    ),
  ),
  errorBases: [
    ...[true, false].map((isClient) => ({
      of: new RegExp(`^(?:pyramid\\.httpexceptions|webob\\.exc)\\.HTTP(?:${namesOf(isClient).join('|')})$`),
      bases: [isClient ? 'HTTPClientError' : 'HTTPServerError', 'HTTPError', 'HTTPException'].map(
        (name) => `pyramid.httpexceptions.${name}`,
      ),
    })),
    {
      of: /^pyramid\.httpexceptions\.HTTP(?:Client|Server)Error$/,
      bases: ['pyramid.httpexceptions.HTTPError', 'pyramid.httpexceptions.HTTPException'],
    },
    ...sqlalchemyErrors,
  ],
  answers: {
    'pyramid.response.Response': {
      status: { arg: 'status', otherwise: 200 },
      body: { at: 0, name: 'body' },
    },
    'webob.Response': { status: { arg: 'status', otherwise: 200 }, body: { at: 0, name: 'body' } },
    'pyramid.response.FileResponse': { status: 200 },
    'pyramid.renderers.render_to_response': { status: 200, body: 1 },
  },
  returns: { status: 200, isBody: true },
}
