import { goErrors } from '../go-error-names.ts'
import { basic, bearer } from '../credentials.ts'
import { commonMethods } from '../methods.ts'
import { requestFiles, requestInputs } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const roots = ['github.com/gofiber/fiber/v2', 'github.com/gofiber/fiber/v3', 'github.com/gofiber/fiber']
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 }]),
)
const every = <T>(make: (root: string) => Record<string, T>): Record<string, T> =>
  Object.assign({}, ...roots.map(make)) as Record<string, T>
const calls: Record<string, CallRule> = {
  Status: { does: 'status', status: { arg: 0 } },
  SendStatus: { does: 'respond', status: { arg: 0 } },
  JSON: { does: 'respond', body: 0, media: 'application/json' },
  Send: { does: 'respond', body: 0 },
  SendString: { does: 'respond', body: 0, media: 'text/plain' },
  SendFile: { does: 'respond' },
  SendStream: { does: 'respond', body: 0 },
  Download: { does: 'respond' },
  Format: { does: 'respond', body: 0 },
  AutoFormat: { does: 'respond', body: 0 },
  JSONP: { does: 'respond', body: 0, media: 'application/javascript' },
  RedirectBack: { does: 'respond', status: { arg: 1, otherwise: 302 } },
  RedirectToRoute: { does: 'respond', status: { arg: 2, otherwise: 302 } },
  Render: { does: 'respond', media: 'text/html' },
  XML: { does: 'respond', body: 0, media: 'application/xml' },
  Redirect: { does: 'respond', status: { arg: 1, otherwise: 302 } },
  Next: { does: 'pass' },
  Path: { does: 'asked', of: 'path' },
  Method: { does: 'asked', of: 'method' },
  Set: { does: 'self' },
  Type: { does: 'self' },
  Params: { does: 'read', in: 'path', name: 0, otherwise: 1 },
  ParamsInt: { does: 'read', in: 'path', name: 0, otherwise: 1, type: 'integer' },
  Query: { does: 'read', in: 'query', name: 0, otherwise: 1 },
  QueryInt: { does: 'read', in: 'query', name: 0, otherwise: 1, type: 'integer' },
  QueryBool: { does: 'read', in: 'query', name: 0, otherwise: 1, type: 'boolean' },
  QueryFloat: { does: 'read', in: 'query', name: 0, otherwise: 1, type: 'number' },
  Get: { does: 'read', in: 'header', name: 0 },
  FormValue: { does: 'read', in: 'query', withBody: 'form', name: 0 },
  MultipartForm: { does: 'give', path: 'net/http.Request().MultipartForm', keepsText: true },
  FormFile: { does: 'read', in: 'form', name: 0, type: 'file' },
  Cookies: { does: 'read', in: 'cookie', name: 0 },
  BodyParser: { does: 'body', into: 0, isByType: true },
  QueryParser: { does: 'body', into: 0, media: 'query' },
  ParamsParser: { does: 'body', into: 0, media: 'path' },
  ReqHeaderParser: { does: 'body', into: 0, media: 'header' },
  CookieParser: { does: 'body', into: 0, media: 'cookie' },
  'Bind().Body': { does: 'body', into: 0, isByType: true },
  'Bind().JSON': { does: 'body', into: 0 },
  'Bind().Query': { does: 'body', into: 0, media: 'query' },
  'Bind().URI': { does: 'body', into: 0, media: 'path' },
  'Bind().Header': { does: 'body', into: 0, media: 'header' },
  'Bind().Cookie': { does: 'body', into: 0, media: 'cookie' },
}

/** Fiber 3 ("Redirect"): what is sent elsewhere is so by 303, where code says no status before. */
const redirects: Record<string, CallRule> = {
  Redirect: { does: 'give', path: 'github.com/gofiber/fiber/v3.Redirect()' },
}
const sendsOn: CallRule = { does: 'respond', status: { arg: 99, otherwise: 303 }, keepsStatus: 99 }

/** Fiber 3 ("Query", "Params", "GetReqHeader"): functions that read a part of the request as a type. */
const reads = (root: string): Record<string, CallRule> => ({
  [`${root}.Query`]: { does: 'read', in: 'query', name: 1, otherwise: 2 },
  [`${root}.Params`]: { does: 'read', in: 'path', name: 1, otherwise: 2 },
  [`${root}.GetReqHeader`]: { does: 'read', in: 'header', name: 1, otherwise: 2 },
  [`${root}.Redirect().Status`]: { does: 'status', status: { arg: 0 } },
  [`${root}.Redirect().To`]: sendsOn,
  [`${root}.Redirect().Route`]: sendsOn,
  [`${root}.Redirect().Back`]: sendsOn,
})

/** What a program says that middleware answers instead. */
const answered = { option: 'ErrorHandler' }

/** Fiber 2 and 3 (docs.gofiber.io, "App", "Ctx"). */
export const fiber: Pack = {
  framework: 'Fiber',
  language: 'go',
  anyMethods: commonMethods,
  // net/http's server and fasthttp's both send 200 where nothing was written.
  silentStatus: 200,
  uses: /^github\.com\/gofiber\/fiber(?:\/|\.|$)/,
  routers: every((root) => ({
    [`${root}.New`]: { isApp: true, errorHandler: { arg: 0, option: 'ErrorHandler' } },
  })),
  // `DefaultErrorHandler` of what is no Error of Fiber's.
  returnedErrors: 500,
  routerTypes: every((root) => ({
    [`${root}.App`]: true,
    [`${root}.Router`]: false,
    [`${root}.Group`]: false,
  })),
  methods: {
    ...routes,
    All: { does: 'route', method: '*', path: 0, handlers: 1 },
    Add: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Group: { does: 'group', prefix: 0, middleware: 1 },
    Route: { does: 'group', prefix: 0, body: 1 },
    Mount: { does: 'mount', prefix: 0, child: 1 },
    Use: { does: 'use' },
  },
  syntax: 'colon',
  inputs: requestInputs,
  fileInputs: requestFiles,
  // 2 has names of its own for some.
  bindsBeside: {},
  inputTags: { query: 'query', path: 'params|uri', header: 'reqHeader|header', cookie: 'cookie' },
  calls: every((root) => ({
    ...Object.fromEntries(
      Object.entries(root.endsWith('v3') ? { ...calls, ...redirects } : calls).map(([name, rule]) => [
        `${root}.Ctx().${name}`,
        rule,
      ]),
    ),
    ...(root.endsWith('v3') ? reads(root) : {}),
  })),
  constants: every((root) =>
    Object.fromEntries(
      commonMethods.map((method) => [`${root}.Method${method[0]}${method.slice(1).toLowerCase()}`, method]),
    ),
  ),
  // Fiber's jwt calls it `Filter`, in its first versions.
  skippedBy: ['Next', 'Filter'],
  // Fiber's jwt: no token is 400, a bad one 401, unless the program has a handler of its own for them.
  refuses: [
    { of: /^github\.com\/gofiber\/(?:jwt\/v\d|contrib\/jwt)\.New\(\)$/, status: 400, unless: answered },
    { of: /^github\.com\/gofiber\/(?:jwt\/v\d|contrib\/jwt)\.New\(\)$/, status: 401, unless: answered },
    {
      of: /^github\.com\/gofiber\/(?:keyauth\/v\d|fiber\/v\d\/middleware\/keyauth)\.New\(\)$/,
      status: 401,
      unless: answered,
      asks: { option: 'KeyLookup', otherwise: [bearer] },
    },
    {
      of: /^github\.com\/gofiber\/fiber\/v\d\/middleware\/basicauth\.New\(\)$/,
      status: 401,
      unless: { option: 'Unauthorized' },
      asks: [basic],
    },
    {
      of: /^github\.com\/gofiber\/fiber\/v\d\/middleware\/limiter\.New\(\)$/,
      status: 429,
      unless: { option: 'LimitReached' },
    },
    {
      of: /^github\.com\/gofiber\/fiber\/v\d\/middleware\/csrf\.New\(\)$/,
      status: 403,
      unless: answered,
      on: /^(?:POST|PUT|PATCH|DELETE)$/,
      lacks: { option: 'KeyLookup', otherwise: 'header.X-Csrf-Token' },
    },
  ],
  errorBases: roots.map((root) => ({
    of: new RegExp(String.raw`^${root}\.(?:NewError|Err[A-Z]\w+)$`),
    bases: [`${root}.Error`],
  })),
  errors: every((root) => ({
    [`${root}.NewError`]: { arg: 0 },
    [`${root}.Error`]: { arg: { at: 0, name: 'Code' } },
    ...Object.fromEntries(Object.entries(goErrors).map(([name, status]) => [`${root}.Err${name}`, status])),
  })),
}
