import { goErrors } from '../go-error-names.ts'
import { basic, bearer } from '../credentials.ts'
import { commonMethods } from '../methods.ts'
import { requestFiles, requestInputs, writerCalls } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const roots = ['github.com/labstack/echo/v4', 'github.com/labstack/echo/v5', 'github.com/labstack/echo']
const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
// A handler, then middleware.
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb, path: 0, handlers: 1, isHandlerFirst: true }]),
)
const answer = (media: string): CallRule => ({ does: 'respond', status: { arg: 0 }, body: 1, media })
const every = <T>(make: (root: string) => Record<string, T>): Record<string, T> =>
  Object.assign({}, ...roots.map(make)) as Record<string, T>

/** Headers that Echo has names for: `echo.HeaderXRequestID`. */
const headers = {
  Accept: 'Accept',
  Authorization: 'Authorization',
  ContentType: 'Content-Type',
  Cookie: 'Cookie',
  IfModifiedSince: 'If-Modified-Since',
  Location: 'Location',
  Origin: 'Origin',
  XCSRFToken: 'X-CSRF-Token',
  XForwardedFor: 'X-Forwarded-For',
  XForwardedProto: 'X-Forwarded-Proto',
  XHTTPMethodOverride: 'X-HTTP-Method-Override',
  XRealIP: 'X-Real-Ip',
  XRequestedWith: 'X-Requested-With',
  XRequestID: 'X-Request-Id',
}

/** What a program says that middleware answers instead. */
const answered = { option: 'ErrorHandler' }
/** Where the middleware for tokens looks for one ("JWT"). */
const byToken = { option: 'TokenLookup', otherwise: [bearer] }

/** Echo 4 and 5 (pkg.go.dev/github.com/labstack/echo/v4). */
export const echo: Pack = {
  framework: 'Echo',
  language: 'go',
  mayLackVariables: true,
  anyMethods: [...commonMethods, 'PROPFIND', 'REPORT'],
  // net/http's server and fasthttp's both send 200 where nothing was written.
  silentStatus: 200,
  uses: /^github\.com\/labstack\/echo(?:\/|\.|$)/,
  routers: every((root) => ({
    [`${root}.New`]: { isApp: true },
    [`${root}.NewWithConfig`]: { isApp: true },
  })),
  routerTypes: every((root) => ({ [`${root}.Echo`]: true, [`${root}.Group`]: false })),
  methods: {
    ...routes,
    Any: { does: 'route', method: '*', path: 0, handlers: 1, isHandlerFirst: true },
    Add: { does: 'handle', methods: 0, path: 1, handlers: 2, isHandlerFirst: true },
    Match: { does: 'handle', methods: 0, path: 1, handlers: 2, isHandlerFirst: true },
    Group: { does: 'group', prefix: 0, middleware: 1 },
    Use: { does: 'use' },
    Pre: { does: 'use' },
  },
  // A group's are before what is put on it later.
  usesComeFirst: 'app',
  syntax: 'colon',
  isStrictSlash: true,
  isAppended: true,
  inputs: requestInputs,
  fileInputs: requestFiles,
  // "Binding": a field without a tag of a place is not read from there.
  bindsTagged: true,
  // Headers only by `BindHeaders`, the query only where a request has no body.
  bindsBeside: { query: /^(?:GET|DELETE|HEAD)$/ },
  inputTags: { query: 'query', path: 'param', header: 'header' },
  constants: every((root) =>
    Object.fromEntries(Object.entries(headers).map(([name, header]) => [`${root}.Header${name}`, header])),
  ),
  calls: every((root) => ({
    ...writerCalls,
    ...Object.fromEntries(
      Object.entries<CallRule>({
        JSON: answer('application/json'),
        JSONPretty: answer('application/json'),
        JSONBlob: answer('application/json'),
        JSONP: { does: 'respond', status: { arg: 0 }, body: 2, media: 'application/javascript' },
        JSONPBlob: { does: 'respond', status: { arg: 0 }, body: 2, media: 'application/javascript' },
        XMLPretty: answer('application/xml'),
        XMLBlob: answer('application/xml'),
        HTMLBlob: answer('text/html'),
        String: answer('text/plain'),
        HTML: answer('text/html'),
        XML: answer('application/xml'),
        Blob: { does: 'respond', status: { arg: 0 }, body: 2 },
        Stream: { does: 'respond', status: { arg: 0 }, body: 2 },
        NoContent: { does: 'respond', status: { arg: 0 } },
        Redirect: { does: 'respond', status: { arg: 0 } },
        Render: { does: 'respond', status: { arg: 0 }, media: 'text/html' },
        File: { does: 'respond' },
        Attachment: { does: 'respond' },
        Inline: { does: 'respond' },
        QueryParam: { does: 'read', in: 'query', name: 0 },
        Param: { does: 'read', in: 'path', name: 0 },
        FormValue: { does: 'read', in: 'query', withBody: 'form', name: 0 },
        MultipartForm: { does: 'give', path: 'net/http.Request().MultipartForm', keepsText: true },
        FormFile: { does: 'read', in: 'form', name: 0, type: 'file' },
        Cookie: { does: 'read', in: 'cookie', name: 0 },
        Bind: {
          does: 'body',
          into: 0,
          onGet: 'query',
          isByType: true,
          fails: 400,
          ownPart: { part: 'Binder', method: 'Bind' },
        },
        Validate: { does: 'own-part', part: 'Validator', method: 'Validate' },
        QueryParams: { does: 'inputs', in: 'query' },
        'FormParams().Get': { does: 'read', in: 'form', name: 0 },
        'FormParams().Has': { does: 'read', in: 'form', name: 0 },
        'QueryParams().Get': { does: 'read', in: 'query', name: 0 },
        'QueryParams().Has': { does: 'read', in: 'query', name: 0 },
        // Of the route, with its variables.
        Path: { does: 'asked', of: 'pattern' },
        // The program's handler of errors is called with it.
        Error: { does: 'throw', arg: 0, isHandedOn: true },
        Request: { does: 'give', path: 'net/http.Request()' },
        Response: { does: 'give', path: 'net/http.ResponseWriter()' },
      }).map(([name, rule]) => [`${root}.Context().${name}`, rule]),
    ),
    [`${root}.Context().Echo().HTTPErrorHandler`]: {
      does: 'throw',
      arg: root.endsWith('v5') ? 1 : 0,
      isHandedOn: true,
    } as const,
    // What middleware is given to hand on to.
    [`${root}.HandlerFunc()`]: { does: 'pass' } as const,
    [`${root}.NewHTTPError().WithInternal`]: { does: 'self' } as const,
    [`${root}.NewHTTPError().SetInternal`]: { does: 'self' } as const,
    // What a binder of one's own calls: the context comes last in 4, first in 5.
    [`${root}.DefaultBinder().Bind`]: {
      does: 'body',
      into: root.endsWith('v5') ? 1 : 0,
      onGet: 'query',
      isByType: true,
      fails: 400,
    } as const,
    ...Object.fromEntries(
      Object.entries({
        BindBody: { isByType: true as const },
        BindQueryParams: { media: 'query' },
        BindPathParams: { media: 'path' },
        BindPathValues: { media: 'path' },
        BindHeaders: { media: 'header' },
      }).flatMap(([name, media]) =>
        [`${root}.DefaultBinder().${name}`, `${root}.${name}`].map((path): [string, CallRule] => [
          path,
          { does: 'body', into: 1, fails: 400, ...media },
        ]),
      ),
    ),
    [`${root}.StatusCode`]: { does: 'error-status', arg: 0 } satisfies CallRule,
  })),
  routerSets: { HTTPErrorHandler: 'errors', Binder: 'part', Validator: 'part' },
  // What a handler returns that is no HTTPError is answered with 500 (`DefaultHTTPErrorHandler`).
  returnedErrors: 500,
  skippedBy: ['Skipper'],
  // echo's own middleware and echo-jwt: no token is 401 in echo-jwt, 400 in echo itself, a bad one 401.
  refuses: [
    {
      of: /^github\.com\/labstack\/echo-jwt\/v\d\.(?:JWT|WithConfig)\(\)$/,
      status: 401,
      unless: answered,
      asks: byToken,
    },
    {
      // "KeyAuth": 400 where no key is there.
      of: /^github\.com\/labstack\/echo\/v\d\/middleware\.KeyAuth(?:WithConfig)?\(\)$/,
      status: 400,
      unless: answered,
      lacks: { option: 'KeyLookup', otherwise: 'header.Authorization' },
    },
    {
      of: /^github\.com\/labstack\/echo\/v\d\/middleware\.JWT(?:WithConfig)?\(\)$/,
      status: 400,
      unless: answered,
    },
    {
      of: /^github\.com\/labstack\/echo\/v\d\/middleware\.JWT(?:WithConfig)?\(\)$/,
      status: 401,
      unless: answered,
      asks: byToken,
    },
    {
      of: /^github\.com\/labstack\/echo\/v\d\/middleware\.KeyAuth(?:WithConfig)?\(\)$/,
      status: 401,
      unless: answered,
      asks: { option: 'KeyLookup', otherwise: [bearer] },
    },
    {
      of: /^github\.com\/labstack\/echo\/v\d\/middleware\.BasicAuth(?:WithConfig)?\(\)$/,
      status: 401,
      asks: [basic],
    },
    // "CSRF": 400 without a token, but for requests that change nothing.
    {
      of: /^github\.com\/labstack\/echo\/v\d\/middleware\.CSRF(?:WithConfig)?\(\)$/,
      status: 400,
      unless: answered,
      on: /^(?:POST|PUT|PATCH|DELETE)$/,
      lacks: { option: 'TokenLookup', otherwise: 'header.X-CSRF-Token' },
    },
    { of: /^github\.com\/labstack\/echo\/v\d\/middleware\.RateLimiter(?:WithConfig)?\(\)$/, status: 429 },
    { of: /^github\.com\/labstack\/echo\/v\d\/middleware\.BodyLimit(?:WithConfig)?\(\)$/, status: 413 },
  ],
  errorBases: roots.map((root) => ({
    // What a binder fails with is one too.
    of: new RegExp(
      String.raw`^${root}\.(?:NewHTTPError|Err[A-Z]\w+|(?:Context\(\)\.|DefaultBinder\(\)\.)?Bind\w*)$`,
    ),
    bases: [`${root}.HTTPError`],
  })),
  errors: every((root) => ({
    [`${root}.NewHTTPError`]: { arg: 0 },
    [`${root}.HTTPError`]: { arg: { at: 0, name: 'Code' } },
    ...Object.fromEntries(Object.entries(goErrors).map(([name, status]) => [`${root}.Err${name}`, status])),
    [`${root}.ErrStatusRequestEntityTooLarge`]: 413,
    [`${root}.ErrValidatorNotRegistered`]: 500,
    [`${root}.ErrRendererNotRegistered`]: 500,
    [`${root}.ErrCookieNotFound`]: 500,
  })),
}
