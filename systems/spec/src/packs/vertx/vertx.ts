import { basic, bearer } from '../credentials.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

// Generated beside its own, with the same names, for RxJava and for Mutiny (vertx.io/docs/vertx-rx, smallrye.io/smallrye-mutiny-vertx-bindings).
const roots = ['vertx', 'vertx.reactivex', 'vertx.rxjava', 'vertx.rxjava3', 'vertx.mutiny'].map(
  (name) => `io.${name}.ext.web`,
)
const builders = (root: string) => [`${root}.openapi.RouterBuilder`, `${root}.openapi.router.RouterBuilder`]
const contexts = roots.map((root) => `${root}.RoutingContext()`)
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const begun: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'step', path: 0, method: verb.toUpperCase() }]),
)
const handled: MethodRule = { does: 'step', handler: 0, joins: true }
const named: MethodRule = { does: 'step', described: 0 }
/** Calls a function with what makes routes of an API description, once that is read. */
const later: MethodRule = { does: 'later', fn: 0, takes: 0 }
/** What a route asks for besides, or how it is run. */
const asks = ['consumes', 'produces', 'order', 'last', 'name', 'setName', 'putMetadata', 'virtualHost']

const calls: Record<string, CallRule> = {
  next: { does: 'next' },
  fail: { does: 'raise', status: { arg: 0, otherwise: 500 }, never: true },
  json: { does: 'respond', body: 0, media: 'application/json' },
  end: { does: 'respond', body: 0 },
  redirect: { does: 'respond', status: 302 },
  reroute: { does: 'next' },
  'response().setStatusCode': { does: 'status', status: { arg: 0 } },
  'response().end': { does: 'respond', body: 0 },
  'response().send': { does: 'respond', body: 0 },
  'response().sendFile': { does: 'respond' },
  'response().putHeader': { does: 'self' },
  pathParam: { does: 'read', in: 'path', name: 0 },
  queryParam: { does: 'read', in: 'query', name: 0, type: 'list' },
  'queryParams().get': { does: 'read', in: 'query', name: 0 },
  getDelegate: { does: 'self' },
  'request().getParam': { does: 'read', in: 'query', name: 0, orPath: true },
  'request().getHeader': { does: 'read', in: 'header', name: 0 },
  'request().getFormAttribute': { does: 'read', in: 'form', name: 0 },
  'request().headers().get': { does: 'read', in: 'header', name: 0 },
  'request().getCookie': { does: 'read', in: 'cookie', name: 0 },
  'request().path': { does: 'asked', of: 'path' },
  'request().method': { does: 'asked', of: 'method' },
  getBodyAsJson: { does: 'body', media: 'application/json', isOpaque: true },
  getBodyAsString: { does: 'body' },
  getBody: { does: 'body' },
  'body().asJsonObject': { does: 'body', media: 'application/json', isOpaque: true },
  'body().asJsonArray': { does: 'body', media: 'application/json', isOpaque: true },
  'body().asPojo': { does: 'body', into: 0, media: 'application/json' },
  'body().asString': { does: 'body' },
}

/** Vert.x-Web 3 to 5 (vertx.io/docs/vertx-web): routes are begun by a router and go on in a chain, with several handlers that run after each other. */
export const vertx: Pack = {
  framework: 'Vert.x',
  language: 'java',
  // Its client is in a package below.
  uses: /^io\.vertx\.(?:reactivex\.|rxjava3?\.|mutiny\.)?ext\.web(?:\.(?!client\b)|$)/,
  routers: Object.fromEntries(
    roots.flatMap((root) => [
      [`${root}.Router.router`, { isApp: true }],
      // Also the one of Vert.x 5 (vertx-web-openapi-router).
      ...builders(root).map((name) => [`${name}.create`, { isApp: true, description: 1 }] as const),
    ]),
  ),
  routerTypes: Object.fromEntries(
    roots.flatMap((root) => [
      [`${root}.Router`, false],
      ...builders(root).map((name) => [name, true] as const),
    ]),
  ),
  handlerMethod: 'handle',
  methods: {
    ...begun,
    route: { does: 'step', path: 0, methods: 'first' },
    path: { does: 'step', path: 0 },
    method: { does: 'step', methods: true },
    handler: handled,
    blockingHandler: handled,
    respond: handled,
    failureHandler: { does: 'step' },
    operation: named,
    getRoute: named,
    addHandler: handled,
    addFailureHandler: { does: 'step' },
    rootHandler: { does: 'secure', handler: 0 },
    securityHandler: { does: 'secure', name: 0, handler: 1 },
    setOptions: { does: 'self' },
    createRouter: { does: 'self' },
    onSuccess: later,
    onComplete: later,
    onFailure: { does: 'self' },
    result: { does: 'self' },
    succeeded: { does: 'self' },
    getDelegate: { does: 'self' },
    subRouter: { does: 'step', child: 0 },
    mountSubRouter: { does: 'mount', prefix: 0, child: 1 },
    ...Object.fromEntries(asks.map((name) => [name, { does: 'step' } as const])),
  },
  syntax: 'colon',
  // "Limiting body size", and "Authentication" by handlers.
  refuses: roots.flatMap((root) => [
    {
      of: new RegExp(String.raw`^${root}\.handler\.BodyHandler\.create\(\)\.setBodyLimit\(\)$`),
      status: 413,
      on: /^(?:POST|PUT|PATCH|DELETE)$/,
    },
    ...(
      [
        ['JWTAuthHandler', [bearer]],
        ['BasicAuthHandler', [basic]],
        ['DigestAuthHandler', []],
      ] as const
    ).map(([name, asks]) => ({
      of: new RegExp(String.raw`^${root}\.handler\.${name}\.create\(\)(?:\.\w+\(\))*$`),
      status: 401,
      asks,
    })),
  ]),
  errors: Object.fromEntries(
    roots.map((root) => [`${root}.handler.HttpException`, { arg: 0, otherwise: 500 }]),
  ),
  parameters: contexts.slice(0, 1),
  calls: Object.fromEntries(
    contexts.flatMap((context) =>
      Object.entries(calls).map(([name, rule]) => [`${context}.${name}`, rule] as const),
    ),
  ),
}
