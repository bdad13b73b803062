import type { AnnotationRules, Pack } from '../pack.ts'

const http = 'io.micronaut.http.annotation'
const path = { at: 0, name: 'value' }
const uri = { at: 0, name: 'uri' }
const methods: AnnotationRules['methods'] = Object.fromEntries(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'].map((name) => [
    `${http}.${name}`,
    { method: name.toUpperCase(), path: uri },
  ]),
)
const builders: Record<string, number> = {
  ok: 200,
  created: 201,
  accepted: 202,
  noContent: 204,
  badRequest: 400,
  unauthorized: 401,
  notFound: 404,
  notAllowed: 405,
  unprocessableEntity: 422,
  serverError: 500,
  redirect: 302,
  seeOther: 303,
  notModified: 304,
  temporaryRedirect: 307,
  permanentRedirect: 308,
}

/** Micronaut 3 and 4 (docs.micronaut.io, "The HTTP Server"). */
export const micronaut: Pack = {
  framework: 'Micronaut',
  language: 'java',
  uses: /^io\.micronaut\./,
  syntax: 'braces',
  // "HTTP Request and Response".
  calls: Object.fromEntries(
    (
      [
        ['getParameters().get', 'query'],
        ['getHeaders().get', 'header'],
        ['getCookies().get', 'cookie'],
        ['getCookies().findCookie', 'cookie'],
      ] as const
    ).map(([name, place]) => [
      `io.micronaut.http.HttpRequest().${name}`,
      { does: 'read', in: place, name: 0 },
    ]),
  ),
  answers: {
    ...Object.fromEntries(
      Object.entries(builders).map(([name, status]) => [
        `io.micronaut.http.HttpResponse.${name}`,
        { status, body: 0 },
      ]),
    ),
    'io.micronaut.http.HttpResponse.status': { status: { arg: 0 } },
    'io.micronaut.http.HttpResponseFactory.INSTANCE.status': { status: { arg: 0 }, body: 1 },
    'io.micronaut.http.HttpResponseFactory.INSTANCE.ok': { status: 200, body: 0 },
  },
  errors: {
    'io.micronaut.http.exceptions.HttpStatusException': { arg: 0 },
    'io.micronaut.http.exceptions.ContentLengthExceededException': 413,
    'io.micronaut.http.server.exceptions.NotFoundException': 404,
    'io.micronaut.http.server.exceptions.NotAllowedException': 405,
    'io.micronaut.http.server.exceptions.NotAcceptableException': 406,
    'io.micronaut.http.server.exceptions.UnsupportedMediaException': 415,
    'io.micronaut.http.server.exceptions.InternalServerException': 500,
  },
  annotations: {
    optionalStatus: 404,
    refusals: { unknown: 401, forbidden: 403 },
    controllers: { [`${http}.Controller`]: { path } },
    methods,
    parameters: {
      [`${http}.PathVariable`]: { in: 'path', name: path, isRequired: true },
      [`${http}.QueryValue`]: { in: 'query', name: path, isRequired: true, otherwise: 'defaultValue' },
      [`${http}.Header`]: { in: 'header', name: path, isRequired: true, isHyphenated: true },
      [`${http}.CookieValue`]: { in: 'cookie', name: path, isRequired: true },
      [`${http}.Part`]: { in: 'body', name: path, isRequired: true, media: 'multipart/form-data' },
      [`${http}.Body`]: { in: 'body', name: 99, isRequired: true },
      [`${http}.RequestBean`]: { in: 'query', name: 99 },
    },
    status: { [`${http}.Status`]: path },
    plain: 'query',
    plainBody: true,
    guards: {
      'io.micronaut.security.annotation.Secured': { guard: 'role', roles: { at: 0, name: 'value' } },
      'javax.annotation.security.RolesAllowed': { guard: 'role', roles: { at: 0, name: 'value' } },
      'jakarta.annotation.security.RolesAllowed': { guard: 'role', roles: { at: 0, name: 'value' } },
      'javax.annotation.security.DenyAll': { guard: 'role' },
      'jakarta.annotation.security.DenyAll': { guard: 'role' },
    },
    advice: { onMethod: { [`${http}.Error`]: 'exception' }, onClass: [] },
    badValue: 400,
  },
  returns: { status: 200, isBody: true, saysStatus: /^io\.micronaut\.http\.HttpStatus\.[A-Z_]+$/ },
  invalidStatus: 400,
  invalidErrors: {
    body: [
      'jakarta.validation.ConstraintViolationException',
      'javax.validation.ConstraintViolationException',
    ],
    bound: [
      'jakarta.validation.ConstraintViolationException',
      'javax.validation.ConstraintViolationException',
    ],
    type: ['io.micronaut.core.convert.exceptions.ConversionErrorException'],
    // "JSON Binding", "Error Handling": what is no JSON, and what is none of the class.
    unread: [
      'com.fasterxml.jackson.core.JsonProcessingException',
      'io.micronaut.core.convert.exceptions.ConversionErrorException',
    ],
  },
}
