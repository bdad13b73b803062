import { nodeErrors, nodeRefusals } from '../node-errors.ts'
import { bearer } from '../credentials.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 }]),
)

/** Fastify 4 and 5 (fastify.dev, "Routes", "Plugins", "Reply"). */
export const fastify: Pack = {
  framework: 'Fastify',
  language: 'javascript',
  uses: /^(?:fastify|@fastify\/.*|fastify-plugin)$/,
  routers: {
    fastify: { isApp: true },
    'fastify.fastify': { isApp: true },
    'fastify.Fastify': { isApp: true },
  },
  routerTypes: { 'fastify.FastifyInstance': false },
  methods: {
    ...routes,
    all: { does: 'route', method: '*', path: 0, handlers: 1 },
    route: { does: 'object', arg: 0 },
    register: { does: 'register' },
    // Fastify 2, @fastify/middie and @fastify/express: functions that are given Node's own request and answer.
    use: { does: 'use' },
    after: { does: 'later', fn: 0, takes: 1 },
    ready: { does: 'later', fn: 0, takes: 1 },
    withTypeProvider: { does: 'self' },
    setErrorHandler: { does: 'error', handler: 0 },
    addHook: {
      does: 'hook',
      names: /^(?:onRequest|preParsing|preValidation|preHandler)$/,
      routes: /^onRoute$/,
      isForEarlier: true,
    },
    decorate: { does: 'decorate' },
    decorateRequest: { does: 'decorate', on: 'fastify:request' },
    decorateReply: { does: 'decorate', on: 'fastify:reply' },
    addSchema: { does: 'keep-schema', arg: 0 },
    setValidatorCompiler: { does: 'self' },
    setSerializerCompiler: { does: 'self' },
  },
  syntax: 'colon',
  parameters: ['fastify:request', 'fastify:reply', 'fastify:done'],
  calls: {
    'fastify:done': { does: 'throw', arg: 0, isHandedOn: true },
    'fastify:reply.code': { does: 'status', status: { arg: 0 }, isForReturned: true },
    'fastify:reply.status': { does: 'status', status: { arg: 0 }, isForReturned: true },
    'fastify:reply.header': { does: 'self' },
    'fastify:reply.headers': { does: 'self' },
    'fastify:reply.type': { does: 'self' },
    'fastify:reply.send': { does: 'respond', body: 0, sendsErrors: true },
    'fastify:reply.writeHead': { does: 'status', status: { arg: 0 } },
    'fastify:reply.end': { does: 'respond', body: 0 },
    'fastify:reply.callNotFound': { does: 'respond', status: 404 },
    // `redirect('/there', 303)`, before 5 `redirect(303, '/there')`; without a status one that was set stays.
    'fastify:reply.redirect': { does: 'respond', status: { any: true, otherwise: 302 }, keepsStatus: 1 },
    'fastify:reply.raw.writeHead': { does: 'status', status: { arg: 0 }, of: 'fastify:reply' },
    'fastify:reply.raw.end': { does: 'respond', body: 0, of: 'fastify:reply' },
    'fastify:reply.sendFile': { does: 'respond' },
    // @fastify/multipart, README.
    ...Object.fromEntries(
      ['file', 'files', 'parts', 'saveRequestFiles', 'formData'].map((name): [string, CallRule] => [
        `fastify:request.${name}`,
        { does: 'body', media: 'multipart/form-data', isOpaque: true },
      ]),
    ),
    'fastify:request.jwtVerify': {
      does: 'raise',
      status: { arg: 99 },
      error: '@fastify/jwt.UnauthorizedError',
      asks: [bearer],
    },
    // @fastify/sensible, README: errors by their names, and an assertion.
    'http-assert': { does: 'raise', status: { arg: 1, otherwise: 500 }, message: 2, asserts: 0 },
    'fastify:reply.getHttpError': { does: 'raise', status: { arg: 0 }, message: 1, never: true },
    ...Object.fromEntries(
      Object.entries(nodeErrors).flatMap(([path, status]): [string, CallRule][] => {
        const name = /^http-errors\.([a-z]\w*)$/.exec(path)?.[1]
        return name && typeof status === 'number'
          ? [[`fastify:reply.${name}`, { does: 'raise', status, message: 0, never: true }]]
          : []
      }),
    ),
  },
  inputs: {
    'fastify:request.query': 'query',
    'fastify:request.params': 'path',
    'fastify:request.headers': 'header',
    'fastify:request.cookies': 'cookie',
    'fastify:request.body': 'body',
  },
  assigns: { 'fastify:reply.statusCode': 'status' },
  routeOptions: Object.fromEntries(
    ['request.routeOptions', 'request.context', 'reply.routeOptions', 'reply.context']
      .map((of) => `fastify:${of}.config`)
      .concat('fastify:request.routeConfig')
      .map((key) => [key, 'config']),
  ),
  errorBases: [{ of: /^@fastify\/error\b/, bases: ['@fastify/error.FastifyError'] }],
  refuses: nodeRefusals,
  saysAnswered: ['fastify:reply.sent'],
  unexpectedStatus: 500,
  // fastify.dev, "Server", setErrorHandler.
  lastErrorFirst: true,
  errorsGoUp: true,
  errors: { ...nodeErrors, 'fastify.ValidationError': 400, '@fastify/jwt.UnauthorizedError': 401 },
  // @fastify/error, README.
  errorMakers: Object.fromEntries(
    ['@fastify/error', '@fastify/error.createError', '@fastify/error.default'].map((of) => [
      of,
      { status: { arg: 2, otherwise: 500 }, message: 1 },
    ]),
  ),
  invalidErrors: {
    body: ['fastify.ValidationError'],
    bound: ['fastify.ValidationError'],
    type: ['fastify.ValidationError'],
  },
  // fastify.dev, "Content-Type Parser", "Errors" (FST_ERR_CTP_INVALID_JSON_BODY).
  unreadBody: {
    raises: 'body-parser.SyntaxError',
    status: 400,
    isBefore: true,
    unless:
      /\bremoveAllContentTypeParsers\s*\(|\baddContentTypeParser\s*\(\s*\[?\s*['"`](?:\*|application\/json)['"`]/,
  },
  // lib/error-status.js
  errorMembers: ['statusCode', 'status'],
  returns: { status: 200, isBody: true },
  checksSchemas: true,
  invalidStatus: 400,
  hasBodiless: true,
}
