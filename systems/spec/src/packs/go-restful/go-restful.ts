import { requestFiles, requestInputs, writerCalls } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const roots = ['github.com/emicklei/go-restful/v3', 'github.com/emicklei/go-restful']
const verbs = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
/** What documents a route, and what it takes and gives. */
const said =
  'AddExtension AllowedMethodsWithoutContentType Consumes ContentEncodingEnabled DefaultReturns Deprecate Do Doc If Metadata Notes Operation Param Produces Reads Returns ReturnsError ReturnsWithHeaders Writes'

const calls: Record<string, CallRule> = {
  'FilterChain().ProcessFilter': { does: 'pass' },
  'Request().PathParameter': { does: 'read', in: 'path', name: 0 },
  'Request().PathParameters': { does: 'inputs', in: 'path' },
  'Request().QueryParameter': { does: 'read', in: 'query', name: 0 },
  'Request().QueryParameters': { does: 'read', in: 'query', name: 0, type: 'list' },
  'Request().HeaderParameter': { does: 'read', in: 'header', name: 0 },
  'Request().BodyParameter': { does: 'read', in: 'form', name: 0 },
  'Request().ReadEntity': { does: 'body', into: 0 },
  'Response().WriteHeader': { does: 'respond', status: { arg: 0 }, sends: 'head' },
  'Response().Write': { does: 'respond', body: 0, sends: 'body' },
  'Response().WriteEntity': { does: 'respond', body: 0 },
  'Response().WriteAsJson': { does: 'respond', body: 0, media: 'application/json' },
  'Response().WriteAsXml': { does: 'respond', body: 0, media: 'application/xml' },
  'Response().WriteJson': { does: 'respond', body: 0, media: 'application/json' },
  'Response().WriteHeaderAndEntity': { does: 'respond', status: { arg: 0 }, body: 1 },
  'Response().WriteHeaderAndJson': {
    does: 'respond',
    status: { arg: 0 },
    body: 1,
    media: 'application/json',
  },
  'Response().WriteHeaderAndXml': { does: 'respond', status: { arg: 0 }, body: 1, media: 'application/xml' },
  'Response().WriteError': { does: 'respond', status: { arg: 0 }, body: 1, media: 'text/plain' },
  'Response().WriteErrorString': { does: 'respond', status: { arg: 0 }, body: 1, media: 'text/plain' },
  'Response().WriteServiceError': { does: 'respond', status: { arg: 0 }, body: 1 },
  'Response().InternalServerError': { does: 'respond', status: 500, sends: 'head' },
}
const mounts: MethodRule = { does: 'mount', child: 0 }
const everywhere = <T>(make: (root: string) => Record<string, T>): Record<string, T> =>
  Object.assign({}, ...roots.map(make)) as Record<string, T>

/** go-restful 3 (pkg.go.dev/github.com/emicklei/go-restful/v3, `WebService`, `RouteBuilder`, `Container`): routes of a service are built in steps, a container has services. */
export const goRestful: Pack = {
  framework: 'go-restful',
  language: 'go',
  // net/http's server sends 200 where nothing was written.
  silentStatus: 200,
  usesComeFirst: true,
  uses: /^github\.com\/emicklei\/go-restful(?:\/v\d+)?(?:\.|$)/,
  routers: everywhere((root) => ({ [`${root}.NewContainer`]: { isApp: true } })),
  routerTypes: everywhere((root) => ({
    [`${root}.Container`]: true,
    [`${root}.WebService`]: false,
    [`${root}.RouteBuilder`]: false,
  })),
  methods: {
    ...Object.fromEntries(verbs.map((verb) => [verb, { does: 'step', method: verb, path: 0 } as const])),
    ...Object.fromEntries(said.split(' ').map((name) => [name, { does: 'self' } as const])),
    Method: { does: 'step', methods: true },
    To: { does: 'step', handler: 0 },
    Path: { does: 'prefix', path: 0 },
    Filter: { does: 'use' },
    Add: mounts,
    // What was built belongs to its service already.
    Route: { does: 'self' },
    ...Object.fromEntries(
      ['ApiVersion', 'SetDynamicRoutes', 'TypeNameHandler'].map((name) => [name, { does: 'self' } as const]),
    ),
  },
  functions: everywhere((root) => ({ [`${root}.Add`]: mounts, [`${root}.Filter`]: { does: 'use' } })),
  processRouters: roots.map((root) => `${root}.DefaultContainer`),
  syntax: 'braces',
  inputs: requestInputs,
  fileInputs: requestFiles,
  holds: everywhere((root) => ({
    [`${root}.Request().Request`]: 'net/http.Request()',
    [`${root}.Response().ResponseWriter`]: 'net/http.ResponseWriter()',
  })),
  calls: {
    ...writerCalls,
    ...everywhere((root) =>
      Object.fromEntries(Object.entries(calls).map(([name, rule]) => [`${root}.${name}`, rule])),
    ),
  },
}
