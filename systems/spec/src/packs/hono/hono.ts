import { basic, bearer } from '../credentials.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'
import { webAnswers } from '../web-answers.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 }]),
)
const answer = (media: string): CallRule => ({
  does: 'respond',
  status: { arg: 1, otherwise: 200 },
  // hono.dev, "status()"
  keepsStatus: 1,
  body: 0,
  media,
})

/** Hono 4 (hono.dev, "Routing", "Context", "HTTPException"). */
export const hono: Pack = {
  framework: 'Hono',
  language: 'javascript',
  uses: /^(?:hono|hono\/(?:quick|tiny)|@hono\/.*)$/,
  routers: {
    'hono.Hono': { isApp: true },
    // hono.dev, "Factory Helper".
    'hono/factory.createFactory().createApp': { isApp: true },
    'hono/factory.Factory().createApp': { isApp: true },
    'hono/quick.Hono': { isApp: true },
    'hono/tiny.Hono': { isApp: true },
    // @hono/zod-openapi, README, "a DRY approach to error-handling".
    '@hono/zod-openapi.OpenAPIHono': { isApp: true, misfits: { arg: 0, option: 'defaultHook' } },
  },
  // hono.dev, "Validation": without the header `Content-Type` the value is an object without fields.
  emptyForNone: true,
  routerTypes: { 'hono.Hono': false, '@hono/zod-openapi.OpenAPIHono': false },
  methods: {
    ...routes,
    all: { does: 'route', method: '*', path: 0, handlers: 1 },
    on: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    use: { does: 'use' },
    route: { does: 'mount', prefix: 0, child: 1 },
    basePath: { does: 'group', prefix: 0 },
    onError: { does: 'error', handler: 0 },
    notFound: { does: 'self' },
    openapi: { does: 'object', arg: 0, keys: ['middleware'], handlers: 1, misfits: 2 },
    doc: { does: 'route', method: 'GET', path: 0, handlers: 1 },
  },
  syntax: 'colon',
  parameters: ['hono:c', 'hono:next'],
  firstRouteAnswers: true,
  calls: {
    'hono/factory.createFactory().createHandlers': { does: 'list' },
    'hono/factory.Factory().createHandlers': { does: 'list' },
    'hono:c.json': answer('application/json'),
    'hono:c.text': answer('text/plain'),
    'hono:c.html': answer('text/html'),
    'hono:c.body': answer(''),
    'hono:c.newResponse': answer(''),
    'hono:c.notFound': { does: 'raise', status: 404, always: true },
    'hono:c.redirect': { does: 'respond', status: { arg: 1, otherwise: 302 } },
    'hono:c.status': { does: 'status', status: { arg: 0 } },
    // hono.dev, "HonoRequest": without a name all of them.
    'hono:c.req.query': { does: 'read', in: 'query', name: 0, allWithout: true },
    'hono:c.req.queries': { does: 'read', in: 'query', name: 0 },
    'hono:c.req.param': { does: 'read', in: 'path', name: 0, allWithout: true },
    'hono:c.req.header': { does: 'read', in: 'header', name: 0, allWithout: true },
    'hono:c.req.json': { does: 'body' },
    'hono:c.req.parseBody': { does: 'body', media: 'multipart/form-data' },
    'hono:c.req.formData': { does: 'inputs', in: 'form' },
    'hono:c.req.formData().get': { does: 'read', in: 'form', name: 0 },
    'hono:c.req.formData().getAll': { does: 'read', in: 'form', name: 0 },
    'hono:c.req.text': { does: 'body', media: 'text/plain' },
    'hono:c.req.arrayBuffer': { does: 'body', media: 'application/octet-stream' },
    'hono:c.req.blob': { does: 'body', media: 'application/octet-stream' },
  },
  unexpectedStatus: 500,
  errors: { 'hono/http-exception.HTTPException': { arg: 0, otherwise: 500 } },
  callbacks: [{ of: /^hono\/validator\.validator\(\)$/, parameters: ['?', 'hono:c'] }],
  schemas: [
    {
      of: /^(?:@hono\/[\w-]*validator\.\w*Validator|hono-openapi(?:\/\w+)?\.\w*[vV]alidator)\(\)$/,
      schema: 1,
      place: 0,
      status: 400,
      hook: 2,
    },
  ],
  refuses: [
    {
      of: /^hono\/(?:jwt\.jwt|jwk\.jwk|bearer-auth\.bearerAuth)\(\)$/,
      status: 401,
      raises: 'hono/http-exception.HTTPException',
      madeWithStatus: true,
      asks: [bearer],
    },
    {
      of: /^hono\/basic-auth\.basicAuth\(\)$/,
      status: 401,
      raises: 'hono/http-exception.HTTPException',
      madeWithStatus: true,
      asks: [basic],
    },
    {
      of: /^hono\/csrf\.csrf\(\)$/,
      status: 403,
      raises: 'hono/http-exception.HTTPException',
      madeWithStatus: true,
    },
    { of: /^hono\/body-limit\.bodyLimit\(\)$/, status: 413 },
    // hono.dev, "IP Restriction Middleware".
    {
      of: /^hono\/ip-restriction\.ipRestriction\(\)$/,
      status: 403,
      raises: 'hono/http-exception.HTTPException',
      madeWithStatus: true,
    },
    { of: /^hono-rate-limiter\.\w+\(\)$/, status: 429 },
  ],
  answers: webAnswers,
  invalidStatus: 400,
  hasBodiless: true,
}
