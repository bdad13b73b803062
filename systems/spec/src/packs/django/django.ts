import { sessionCookie } from '../credentials.ts'
import type { CallRule, Pack } from '../pack.ts'

const response = (status: number) => ({
  status: { arg: { at: 99, name: 'status' }, otherwise: status },
  body: 0,
})
const plain: Record<string, number> = {
  HttpResponseNotFound: 404,
  HttpResponseBadRequest: 400,
  HttpResponseForbidden: 403,
  HttpResponseNotAllowed: 405,
  HttpResponseGone: 410,
  HttpResponseServerError: 500,
  HttpResponseNotModified: 304,
  HttpResponseRedirect: 302,
  HttpResponsePermanentRedirect: 301,
}
const rest: Record<string, number> = {
  ValidationError: 400,
  ParseError: 400,
  AuthenticationFailed: 401,
  NotAuthenticated: 401,
  PermissionDenied: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  UnsupportedMediaType: 415,
  Throttled: 429,
  APIException: 500,
}

/** Where a request shows the token against forgery. */
const tokens = ['header.X-CSRFToken', 'form.csrfmiddlewaretoken']

/** Django 4 and 5 and Django REST framework (docs.djangoproject.com, "URL dispatcher"; django-rest-framework.org, "Routers", "Exceptions"). */
export const django: Pack = {
  framework: 'Django',
  language: 'python',
  uses: /^(?:django|rest_framework)(?:\.|$)/,
  syntax: 'angle',
  isStrictSlash: true,
  parameters: ['django:request'],
  beforeParameters: ['django:request'],
  errorsAround: {},
  calls: {
    'django:request.GET.get': { does: 'read', in: 'query', name: 0, otherwise: 1 },
    'django:request.GET.getlist': { does: 'read', in: 'query', name: 0 },
    'django:request.query_params.get': { does: 'read', in: 'query', name: 0, otherwise: 1 },
    'django:request.query_params.getlist': { does: 'read', in: 'query', name: 0 },
    'django:kwargs.get': { does: 'read', in: 'path', name: 0 },
    'django:request.POST.get': { does: 'read', in: 'form', name: 0, otherwise: 1 },
    'django:request.FILES.get': { does: 'read', in: 'form', name: 0, otherwise: 1, type: 'file' },
    'django:request.FILES.getlist': { does: 'read', in: 'form', name: 0, type: 'file' },
    'django:request.COOKIES.get': { does: 'read', in: 'cookie', name: 0, otherwise: 1 },
    'django:request.headers.get': { does: 'read', in: 'header', name: 0, otherwise: 1 },
    'django:request.META.get': { does: 'read', in: 'header', name: 0, otherwise: 1, isOfGateway: true },
    'django:request.data.get': { does: 'body', field: 0 },
    'rest_framework.views.exception_handler': { does: 'handled', arg: 0 },
    ...Object.fromEntries(
      [
        'django.shortcuts.get_object_or_404',
        'django.shortcuts.get_list_or_404',
        'django.shortcuts.aget_object_or_404',
        'django.shortcuts.aget_list_or_404',
        'rest_framework.generics.get_object_or_404',
      ].map((name): [string, CallRule] => [
        name,
        { does: 'raise', status: { arg: 99 }, error: 'django.http.Http404' },
      ]),
    ),
  },
  fileInputs: ['django:request.FILES'],
  inputs: {
    'django:request.GET': 'query',
    'django:request.query_params': 'query',
    'django:request.POST': 'form',
    'django:request.FILES': 'form',
    'django:request.headers': 'header',
    'django:request.COOKIES': 'cookie',
    'django:request.data': 'body',
  },
  errors: {
    'django.http.Http404': 404,
    'django.http.response.Http404': 404,
    'django.core.exceptions.PermissionDenied': 403,
    'django.core.exceptions.SuspiciousOperation': 400,
    'django.core.exceptions.BadRequest': 400,
    'django.core.exceptions.ObjectDoesNotExist': 404,
    ...Object.fromEntries(
      Object.entries(rest).map(([name, status]) => [`rest_framework.exceptions.${name}`, status]),
    ),
    'rest_framework.serializers.ValidationError': 400,
  },
  // docs.djangoproject.com, "Using the Django authentication system": who is not signed in is sent to the login.
  refuses: [
    // "Cross Site Request Forgery protection": 403, but for requests that change nothing.
    {
      of: /^django\.middleware\.csrf\.CsrfViewMiddleware$/,
      status: 403,
      lacks: { option: '', otherwise: tokens },
    },
    {
      of: /^django\.middleware\.csrf\.CsrfViewMiddleware\.any$/,
      status: 403,
      lacks: {
        option: '',
        otherwise: tokens,
        where: { subject: 'request.method', op: '==', value: 'POST' },
      },
    },
    {
      of: /^django\.contrib\.auth\.decorators\.login_required(?:\(\))?$/,
      status: 302,
      isForUnknown: true,
      asks: [sessionCookie('sessionid')],
    },
    // Who may not is sent to the login too, or gets a 403 (`raise_exception`).
    {
      of: /^django\.contrib\.auth\.decorators\.permission_required(?:\(\))?$/,
      status: 0,
      where: { option: 'raise_exception', is: true, status: 403 },
      byRoles: true,
      asks: [sessionCookie('sessionid')],
    },
    // Mixins send to the login who is not signed in, or refuse him (`raise_exception`), and refuse who is and may not.
    {
      of: /^django\.contrib\.auth\.mixins\.(?:LoginRequired|PermissionRequired)Mixin$/,
      status: 302,
      where: { option: 'raise_exception', is: true, status: 403 },
      isForUnknown: true,
      asks: [sessionCookie('sessionid')],
    },
    { of: /^django\.contrib\.auth\.mixins\.PermissionRequiredMixin$/, status: 403, byRoles: true },
    {
      of: /^django\.contrib\.auth\.mixins\.(?:UserPassesTestMixin|\w+\.handle_no_permission)$/,
      status: 0,
      asks: [sessionCookie('sessionid')],
    },
    {
      of: /^django\.contrib\.auth\.decorators\.user_passes_test(?:\(\))?$/,
      status: 0,
      asks: [sessionCookie('sessionid')],
    },
  ],
  // "Exceptions": `APIException(detail=None, code=None)`.
  errorText: 'default_detail',
  errorBases: [
    {
      of: /^rest_framework\.exceptions\.(?!APIException)\w+$|^rest_framework\.serializers\.ValidationError$/,
      bases: ['rest_framework.exceptions.APIException'],
    },
  ],
  // "Parsers": what `request.data` raises.
  unreadBody: { raises: 'rest_framework.exceptions.ParseError', status: 400, isBefore: true },
  answers: {
    ...Object.fromEntries(Object.entries(plain).map(([name, status]) => [`django.http.${name}`, { status }])),
    'django.http.HttpResponse': response(200),
    'django.http.JsonResponse': response(200),
    'django.http.FileResponse': response(200),
    'django.http.StreamingHttpResponse': response(200),
    'django.shortcuts.render': response(200),
    'django.shortcuts.redirect': {
      status: {
        arg: { at: 99, name: 'status' },
        otherwise: 302,
        whereTrue: { arg: 'permanent', status: 301 },
      },
    },
    ...Object.fromEntries(
      ['PageNumber', 'LimitOffset', 'Cursor'].map((name) => [
        `rest_framework.pagination.${name}Pagination().get_paginated_response`,
        { status: 200 },
      ]),
    ),
    'rest_framework.response.Response': {
      status: { arg: { at: 1, name: 'status' }, otherwise: 200 },
      body: { at: 0, name: 'data' },
    },
  },
}
