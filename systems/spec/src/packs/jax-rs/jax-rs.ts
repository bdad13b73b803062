import { servletRequests } from '../servlet-requests.ts'
import type { AnnotationRules, CallRule, Pack, StatusRule } from '../pack.ts'

const roots = ['javax.ws.rs', 'jakarta.ws.rs']
const every = <T>(make: (root: string) => Record<string, T>): Record<string, T> =>
  Object.assign({}, ...roots.map(make)) as Record<string, T>
const builders: Record<string, number> = {
  ok: 200,
  created: 201,
  accepted: 202,
  noContent: 204,
  notModified: 304,
  seeOther: 303,
  temporaryRedirect: 307,
  serverError: 500,
  notAcceptable: 406,
}
const restBuilders = { notFound: 404 }
const violated = [
  'jakarta.validation.ConstraintViolationException',
  'javax.validation.ConstraintViolationException',
]
const badRequest = roots.map((root) => `${root}.BadRequestException`)
const classes: Record<string, number> = {
  BadRequestException: 400,
  NotAuthorizedException: 401,
  ForbiddenException: 403,
  NotFoundException: 404,
  NotAllowedException: 405,
  NotAcceptableException: 406,
  NotSupportedException: 415,
  InternalServerErrorException: 500,
  ServiceUnavailableException: 503,
}

const reactive = 'org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext()'

/** JAX-RS 2 and 3, in Jersey, RESTEasy, Quarkus and Dropwizard (jakarta.ee, "RESTful Web Services"). */
export const jaxRs: Pack = {
  framework: 'JAX-RS',
  language: 'java',
  uses: /^(?:javax|jakarta)\.ws\.rs(?:\.|$)/,
  syntax: 'braces',
  calls: {
    ...servletRequests,
    ...every<CallRule>((root) => ({
      [`${root}.container.ContainerRequestContext().getMethod`]: { does: 'asked', of: 'method' },
      'org.glassfish.jersey.server.ContainerRequest().getMethod': { does: 'asked', of: 'method' },
      [`${root}.container.ContainerRequestContext().abortWith`]: { does: 'answer', arg: 0 },
      [`${root}.container.AsyncResponse().resume`]: { does: 'resume', arg: 0 },
      [`${root}.core.FeatureContext().register`]: { does: 'bind', arg: 0, order: 1 },
      [`${root}.container.ContainerRequestContext().getHeaderString`]: {
        does: 'read',
        in: 'header',
        name: 0,
      },
      // RESTEasy Reactive's own.
      [`${reactive}.getMethod`]: { does: 'asked', of: 'method' },
      [`${reactive}.abortWith`]: { does: 'answer', arg: 0 },
      [`${reactive}.getHeaderString`]: { does: 'read', in: 'header', name: 0 },
      [`${root}.core.UriInfo().getQueryParameters().getFirst`]: { does: 'read', in: 'query', name: 0 },
      [`${root}.core.UriInfo().getPathParameters().getFirst`]: { does: 'read', in: 'path', name: 0 },
      [`${root}.core.UriInfo().getQueryParameters().get`]: { does: 'read', in: 'query', name: 0 },
      [`${root}.core.HttpHeaders().getHeaderString`]: { does: 'read', in: 'header', name: 0 },
      [`${root}.core.HttpHeaders().getRequestHeader`]: { does: 'read', in: 'header', name: 0 },
      [`${root}.core.HttpHeaders().getCookies().get`]: { does: 'read', in: 'cookie', name: 0 },
    })),
  },
  answers: Object.fromEntries(
    [
      ...roots.map((root) => `${root}.core.Response`),
      // Quarkus ("Writing REST services", "Returning an HTTP response").
      'org.jboss.resteasy.reactive.RestResponse',
      'org.jboss.resteasy.reactive.RestResponse.ResponseBuilder',
    ].flatMap((made) => [
      ...Object.entries({ ...builders, ...(made.includes('reactive') ? restBuilders : {}) }).map(
        ([name, status]) => [`${made}.${name}`, { status, body: 0 }] as const,
      ),
      [
        `${made}.status`,
        { status: { arg: 0 }, ...(made.endsWith('.RestResponse') ? { body: 1 } : {}) },
      ] as const,
      ...(made.endsWith('.ResponseBuilder') ? [[`${made}.create`, { status: { arg: 0 } }] as const] : []),
    ]),
  ),
  errors: {
    // Quarkus ("Authorization of web endpoints"): its own mappers answer these.
    'io.quarkus.security.ForbiddenException': 403,
    'io.quarkus.security.UnauthorizedException': 401,
    'io.quarkus.security.AuthenticationFailedException': 401,
    'io.quarkus.security.AuthenticationCompletionException': 401,
    ...every<StatusRule>((root) => ({
      ...Object.fromEntries(Object.entries(classes).map(([name, status]) => [`${root}.${name}`, status])),
      [`${root}.WebApplicationException`]: { any: true, otherwise: 500 },
      [`${root}.ClientErrorException`]: { any: true, otherwise: 400 },
      [`${root}.ServerErrorException`]: { any: true, otherwise: 500 },
      [`${root}.RedirectionException`]: { any: true, otherwise: 302 },
    })),
  },
  annotations: {
    refusals: { unknown: 401, forbidden: 403 },
    controllers: every((root) => ({ [`${root}.Path`]: { path: { at: 0, name: 'value' } } })),
    methods: {
      ...every((root) =>
        Object.fromEntries(
          ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => [
            `${root}.${method}`,
            { method, path: 99 },
          ]),
        ),
      ),
      // Dropwizard's own, from before JAX-RS had one.
      'io.dropwizard.jersey.PATCH': { method: 'PATCH', path: 99 },
    },
    methodPaths: every((root) => ({ [`${root}.Path`]: { path: { at: 0, name: 'value' } } })),
    parameters: {
      // Quarkus ("Writing REST Services", "Accessing request parameters"): named as the parameter where they say no name.
      ...Object.fromEntries(
        (
          [
            ['Path', 'path'],
            ['Query', 'query'],
            ['Header', 'header'],
            ['Cookie', 'cookie'],
            ['Form', 'form'],
          ] as const
        ).map(([name, place]) => [
          `org.jboss.resteasy.reactive.Rest${name}`,
          {
            in: place,
            name: 0,
            ...(place === 'path' ? { isRequired: true } : {}),
            ...(place === 'header' ? { isHyphenated: true as const } : {}),
          },
        ]),
      ),
      ...every<AnnotationRules['parameters'][string]>((root) => ({
        [`${root}.PathParam`]: { in: 'path', name: 0, isRequired: true },
        [`${root}.QueryParam`]: { in: 'query', name: 0 },
        [`${root}.HeaderParam`]: { in: 'header', name: 0 },
        [`${root}.CookieParam`]: { in: 'cookie', name: 0 },
        [`${root}.FormParam`]: { in: 'form', name: 0 },
        [`${root}.BeanParam`]: { in: 'query', name: 99 },
      })),
      // Jersey ("Multipart").
      'org.glassfish.jersey.media.multipart.FormDataParam': { in: 'form', name: 0 },
    },
    // Quarkus ("Writing REST Services", "Customizing headers and status").
    status: { 'org.jboss.resteasy.reactive.ResponseStatus': { at: 0, name: 'value' } },
    plain: 'body',
    // Jakarta RESTful Web Services, 3.2: a `List` or `Set` without a value is empty.
    emptyLists: true,
    guards: {
      'javax.annotation.security.RolesAllowed': { guard: 'role', roles: { at: 0, name: 'value' } },
      'jakarta.annotation.security.RolesAllowed': { guard: 'role', roles: { at: 0, name: 'value' } },
      'io.quarkus.security.Authenticated': { guard: 'authentication' },
      // On a parameter (dropwizard.io, "Authentication").
      'io.dropwizard.auth.Auth': { guard: 'authentication' },
      'io.quarkus.security.PermissionsAllowed': { guard: 'role', roles: { at: 0, name: 'value' } },
      'javax.annotation.security.DenyAll': { guard: 'role' },
      'jakarta.annotation.security.DenyAll': { guard: 'role' },
    },
    emptyStatus: 204,
    badValue: 404,
  },
  returns: { status: 200, isBody: true, nothingIsEmpty: true },
  invalidStatus: 400,
  invalidErrors: {
    body: violated,
    bound: violated,
    // Only Bean Validation asks for what may be left out ("@NotNull").
    missing: { query: violated, header: violated, cookie: violated, form: violated },
    type: ['jakarta.ws.rs.NotFoundException', 'javax.ws.rs.NotFoundException'],
    // Jersey and RESTEasy ("Jackson"): errors of Jackson, which have mappers of their own there.
    unread: [
      'com.fasterxml.jackson.core.JsonProcessingException',
      'jakarta.ws.rs.BadRequestException',
      'javax.ws.rs.BadRequestException',
    ],
    // "Parameter types": only what belongs to the path and its query is not found.
    typeIn: { form: badRequest, header: badRequest, cookie: badRequest },
  },
}
