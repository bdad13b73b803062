import { jsonReaders } from '../json-readers.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'spark.Spark'
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
// What follows the handler makes the body.
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: 0, handlers: { at: 1, name: 'route' } },
  ]),
)
const methods: Record<string, MethodRule> = {
  ...routes,
  before: { does: 'use' },
  path: { does: 'group', prefix: 0, body: 1, isOwn: true },
  exception: { does: 'error', type: 0, handler: 1 },
}
const reads: Record<string, CallRule> = {
  params: { does: 'read', in: 'path', name: 0 },
  queryParams: { does: 'read', in: 'query', name: 0 },
  queryParamsValues: { does: 'read', in: 'query', name: 0, type: 'list' },
  queryParamOrDefault: { does: 'read', in: 'query', name: 0, otherwise: 1 },
  headers: { does: 'read', in: 'header', name: 0 },
  cookie: { does: 'read', in: 'cookie', name: 0 },
  body: { does: 'body' },
  bodyAsBytes: { does: 'body' },
  pathInfo: { does: 'asked', of: 'path' },
  requestMethod: { does: 'asked', of: 'method' },
}

/** Spark, the web framework for Java (sparkjava.com, "Documentation"). */
export const spark: Pack = {
  framework: 'Spark',
  language: 'java',
  uses: /^spark(?:\.(?:Spark|Service|Request|Response|Route))?$/,
  routers: { 'spark.Service.ignite': { isApp: true } },
  routerTypes: { 'spark.Service': true },
  handlerMethod: 'handle',
  usesComeFirst: true,
  methods,
  functions: Object.fromEntries(Object.entries(methods).map(([name, rule]) => [`${root}.${name}`, rule])),
  syntax: 'colon',
  parameters: ['spark.Request()', 'spark.Response()'],
  returns: { status: 200, isBody: true, nullStatus: 404 },
  calls: {
    ...jsonReaders,
    ...Object.fromEntries(Object.entries(reads).map(([name, rule]) => [`spark.Request().${name}`, rule])),
    'spark.Response().status': { does: 'status', status: { arg: 0 }, isForReturned: true },
    'spark.Response().redirect': { does: 'respond', status: { arg: 1, otherwise: 302 } },
    'spark.Spark.halt': { does: 'raise', status: { arg: 0, otherwise: 200 }, message: 1, never: true },
    // What a handler of errors writes.
    'spark.Response().body': { does: 'respond', body: 0 },
  },
}
