import { servletRequests } from '../servlet-requests.ts'
import { problemAnswers, problemErrors } from './problems.ts'
import { standardErrors } from './standard-errors.ts'
import type { AnnotationRules, CallRule, MethodRule, Pack, RouterRule } from '../pack.ts'

const web = 'org.springframework.web.bind.annotation'
const path = { at: 0, name: 'value' }
const methods: AnnotationRules['methods'] = Object.fromEntries(
  ['Get', 'Post', 'Put', 'Patch', 'Delete'].map((name) => [
    `${web}.${name}Mapping`,
    { method: name.toUpperCase(), path },
  ]),
)
const builders: Record<string, number> = {
  ok: 200,
  created: 201,
  accepted: 202,
  noContent: 204,
  badRequest: 400,
  notFound: 404,
  unprocessableEntity: 422,
  unprocessableContent: 422,
  internalServerError: 500,
  of: 200,
  ofNullable: 200,
}
const reactive = [
  'org.springframework.web.reactive.function.server',
  'org.springframework.web.servlet.function',
]
const predicates = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const functional: Record<string, MethodRule> = Object.fromEntries(
  predicates.map((verb) => [verb, { does: 'route', method: verb, path: 0, handlers: 1 }]),
)
const both = <T>(make: (root: string) => Record<string, T>): Record<string, T> =>
  Object.assign({}, ...reactive.map(make)) as Record<string, T>

const adviceBases = [
  'org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler',
  'org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler',
]

const errorRoutes = ['AbstractErrorWebExceptionHandler', 'DefaultErrorWebExceptionHandler'].map(
  (name) => `org.springframework.boot.autoconfigure.web.reactive.error.${name}`,
)

/** Spring MVC and WebFlux, annotated and functional (docs.spring.io, "Annotated Controllers", "Functional Endpoints"). */
export const spring: Pack = {
  framework: 'Spring',
  language: 'java',
  uses: /^org\.(?:springframework\.(?:web|boot)|springdoc)/,
  syntax: 'parts',
  middlewareMethod: 'filter',
  usesComeFirst: true,
  routers: {
    ...both<RouterRule>((root) => ({
      [`${root}.RouterFunctions.route`]: { isApp: true, predicate: true },
      [`${root}.RouterFunctions.nest`]: { isApp: true, predicate: true },
    })),
    // Springdoc's builder takes what documents a route last.
    ...Object.fromEntries(
      ['webflux.core.fn', 'webmvc.core.fn', 'core.fn', 'webflux.core', 'webmvc.core'].map((part) => [
        `org.springdoc.${part}.SpringdocRouteBuilder.route`,
        { isApp: true, trailing: 1 },
      ]),
    ),
  },
  routerTypes: both((root) => ({ [`${root}.RouterFunctions.Builder`]: false })),
  methods: {
    ...functional,
    path: { does: 'group', prefix: 0, body: 1, isOwn: true },
    nest: { does: 'group', prefix: 0, body: 1, isOwn: true },
    route: { does: 'predicate' },
    add: { does: 'mount', child: 0 },
    and: { does: 'mount', child: 0 },
    andOther: { does: 'mount', child: 0 },
    andRoute: { does: 'predicate' },
    andNest: { does: 'predicate' },
    filter: { does: 'use' },
    before: { does: 'self' },
    after: { does: 'self' },
    onError: { does: 'error', type: 0, handler: 1 },
    build: { does: 'self' },
  },
  calls: {
    ...servletRequests,
    ...Object.fromEntries(
      ['javax', 'jakarta'].flatMap((root): [string, CallRule][] => [
        [`${root}.servlet.http.HttpServletResponse().sendError`, { does: 'respond', status: { arg: 0 } }],
        [`${root}.servlet.http.HttpServletResponse().sendRedirect`, { does: 'respond', status: 302 }],
        [
          `${root}.servlet.http.HttpServletResponse().setStatus`,
          { does: 'respond', status: { arg: 0 }, sends: 'head' },
        ],
        [`${root}.servlet.http.HttpServletRequest().getRequestURI`, { does: 'asked', of: 'path' }],
        [`${root}.servlet.http.HttpServletRequest().getServletPath`, { does: 'asked', of: 'path' }],
      ]),
    ),
    ...Object.fromEntries(
      ['web.server.ServerWebExchange().getResponse()', 'http.server.reactive.ServerHttpResponse()'].flatMap(
        (made) =>
          ['setStatusCode', 'setRawStatusCode'].map((name): [string, CallRule] => [
            `org.springframework.${made}.${name}`,
            { does: 'respond', status: { arg: 0 }, sends: 'head' },
          ]),
      ),
    ),
    ...Object.fromEntries(
      ['web.server.ServerWebExchange().getRequest()', 'http.server.reactive.ServerHttpRequest()'].flatMap(
        (made): [string, CallRule][] => [
          [`org.springframework.${made}.getHeaders().getFirst`, { does: 'read', in: 'header', name: 0 }],
          [`org.springframework.${made}.getQueryParams().getFirst`, { does: 'read', in: 'query', name: 0 }],
          ...['getPath().value', 'getPath().toString', 'getURI().getPath'].map((asks): [string, CallRule] => [
            `org.springframework.${made}.${asks}`,
            { does: 'asked', of: 'path' },
          ]),
        ],
      ),
    ),
    // "Error Handling": what a handler of errors of WebFlux that routes asks for.
    ...Object.fromEntries(
      errorRoutes.flatMap((base) =>
        [`${base}()`, `super:${base}`].map((of): [string, CallRule] => [
          `${of}.getError`,
          { does: 'same', arg: 0 },
        ]),
      ),
    ),
    'org.springframework.web.servlet.HandlerExceptionResolver().resolveException': {
      does: 'throw',
      arg: 3,
      isHandedOn: true,
    },
    ...both<CallRule>((root) => ({
      [`${root}.ServerRequest().pathVariable`]: { does: 'read', in: 'path', name: 0 },
      [`${root}.ServerRequest().queryParam`]: { does: 'read', in: 'query', name: 0 },
      [`${root}.ServerRequest().param`]: { does: 'read', in: 'query', name: 0 },
      [`${root}.ServerRequest().headers().firstHeader`]: { does: 'read', in: 'header', name: 0 },
      [`${root}.ServerRequest().bodyToMono`]: { does: 'body', into: 0 },
      [`${root}.ServerRequest().body`]: { does: 'body', into: 0 },
    })),
  },
  answers: {
    ...Object.fromEntries(
      Object.entries(builders).flatMap(([name, status]) =>
        [
          `org.springframework.http.ResponseEntity.${name}`,
          ...reactive.map((root) => `${root}.ServerResponse.${name}`),
        ].map((each) => [each, { status, body: 0 }]),
      ),
    ),
    // Its constructors have the status last.
    'org.springframework.http.ResponseEntity': { status: { arg: -1, otherwise: 200 }, body: 0 },
    'org.springframework.http.ProblemDetail.forStatus': { status: { arg: 0 } },
    'org.springframework.http.ProblemDetail.forStatusAndDetail': { status: { arg: 0 } },
    ...Object.fromEntries(
      [
        'org.springframework.http.ResponseEntity.status',
        ...reactive.map((root) => `${root}.ServerResponse.status`),
      ].map((each) => [each, { status: { arg: 0 } }]),
    ),
    'org.springframework.web.ErrorResponse.create': { status: { arg: 1 } },
    'org.springframework.web.ErrorResponse.builder': { status: { arg: 1 } },
    ...problemAnswers,
    // What an advice hands to its base: the status is the one that it was given.
    ...Object.fromEntries(
      adviceBases.flatMap((base) =>
        [`${base}()`, `super:${base}`].flatMap((of) => [
          [`${of}.handleExceptionInternal`, { status: { arg: 3 }, body: 1 }],
          [`${of}.createResponseEntity`, { status: { arg: 2 }, body: 0 }],
          ...standardErrors.map(([method]) => [`${of}.${method}`, { status: { arg: 2 } }]),
        ]),
      ),
    ),
    ...Object.fromEntries(
      reactive.flatMap((root) =>
        ['seeOther', 'temporaryRedirect', 'permanentRedirect'].map((name, index) => [
          `${root}.ServerResponse.${name}`,
          { status: [303, 307, 308][index] ?? 303 },
        ]),
      ),
    ),
  },
  errors: {
    'org.springframework.web.server.ResponseStatusException': { arg: 0, otherwise: 500 },
    'org.springframework.web.ErrorResponseException': { arg: 0, otherwise: 500 },
    'org.springframework.web.client.HttpClientErrorException': { arg: 0 },
    ...problemErrors,
    // Those that Spring raises by itself, where code throws them.
    ...Object.fromEntries(standardErrors.map(([, error, status]) => [error, status])),
  },
  annotations: {
    controllers: {
      [`${web}.RestController`]: { path: 99, isMarker: true },
      'org.springframework.stereotype.Controller': { path: 99, isMarker: true },
      // Spring Data REST ("Customizing Spring Data REST"), below its base path.
      'org.springframework.data.rest.webmvc.RepositoryRestController': { path: 99, isMarker: true },
      'org.springframework.data.rest.webmvc.BasePathAwareController': { path: 99, isMarker: true },
    },
    classPaths: { [`${web}.RequestMapping`]: { path } },
    methods: { ...methods, [`${web}.RequestMapping`]: { method: '*', path, methods: 'method' } },
    parameters: {
      [`${web}.PathVariable`]: { in: 'path', name: path, isRequired: true, required: 'required' },
      [`${web}.RequestParam`]: {
        in: 'query',
        name: path,
        isRequired: true,
        required: 'required',
        otherwise: 'defaultValue',
      },
      [`${web}.RequestHeader`]: {
        in: 'header',
        name: path,
        isRequired: true,
        required: 'required',
        otherwise: 'defaultValue',
      },
      [`${web}.CookieValue`]: {
        in: 'cookie',
        name: path,
        isRequired: true,
        required: 'required',
        otherwise: 'defaultValue',
      },
      [`${web}.RequestPart`]: { in: 'form', name: path, isRequired: true, required: 'required' },
      [`${web}.RequestBody`]: { in: 'body', name: 99, isRequired: true, required: 'required' },
      [`${web}.ModelAttribute`]: { in: 'query', name: 99 },
    },
    status: { [`${web}.ResponseStatus`]: { at: 0, name: 'value' } },
    plain: 'query',
    refusals: { unknown: 401, forbidden: 403 },
    guards: {
      'org.springframework.security.access.prepost.PostAuthorize': { guard: 'role', roles: path },
      'org.springframework.security.access.prepost.PreAuthorize': { guard: 'role', roles: path },
      'org.springframework.security.access.annotation.Secured': { guard: 'role', roles: path },
      'javax.annotation.security.RolesAllowed': { guard: 'role', roles: path },
      'jakarta.annotation.security.RolesAllowed': { guard: 'role', roles: path },
      'javax.annotation.security.DenyAll': { guard: 'role' },
      'jakarta.annotation.security.DenyAll': { guard: 'role' },
      'org.apache.shiro.authz.annotation.RequiresPermissions': { guard: 'role', roles: path },
      'org.apache.shiro.authz.annotation.RequiresRoles': { guard: 'role', roles: path },
      'org.apache.shiro.authz.annotation.RequiresAuthentication': { guard: 'authentication' },
      'org.apache.shiro.authz.annotation.RequiresUser': { guard: 'authentication' },
      'cn.dev33.satoken.annotation.SaCheckLogin': { guard: 'authentication' },
      'cn.dev33.satoken.annotation.SaCheckRole': { guard: 'role', roles: path },
      'cn.dev33.satoken.annotation.SaCheckPermission': { guard: 'role', roles: path },
    },
    advice: {
      onMethod: { [`${web}.ExceptionHandler`]: path },
      onClass: [`${web}.ControllerAdvice`, `${web}.RestControllerAdvice`],
    },
    badValue: 400,
  },
  returns: { status: 200, isBody: true },
  invalidStatus: 400,
  invalidErrors: {
    body: [
      'org.springframework.web.bind.MethodArgumentNotValidException',
      'org.springframework.web.bind.support.WebExchangeBindException',
    ],
    unread: [
      'org.springframework.http.converter.HttpMessageNotReadableException',
      'org.springframework.web.server.ServerWebInputException',
    ],
    bound: ['org.springframework.web.method.annotation.HandlerMethodValidationException'],
    type: [
      'org.springframework.web.method.annotation.MethodArgumentTypeMismatchException',
      'org.springframework.web.server.ServerWebInputException',
    ],
    missing: {
      form: [
        'org.springframework.web.multipart.support.MissingServletRequestPartException',
        'org.springframework.web.bind.MissingServletRequestParameterException',
        'org.springframework.web.server.ServerWebInputException',
      ],
      query: [
        'org.springframework.web.bind.MissingServletRequestParameterException',
        'org.springframework.web.server.ServerWebInputException',
      ],
      header: [
        'org.springframework.web.bind.MissingRequestHeaderException',
        'org.springframework.web.server.ServerWebInputException',
      ],
      cookie: [
        'org.springframework.web.bind.MissingRequestCookieException',
        'org.springframework.web.server.ServerWebInputException',
      ],
    },
    byClass: {
      annotation: 'org.springframework.validation.annotation.Validated',
      bound: [
        'jakarta.validation.ConstraintViolationException',
        'javax.validation.ConstraintViolationException',
      ],
      status: 500,
    },
  },
}
