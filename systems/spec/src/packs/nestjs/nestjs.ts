import { nodeErrors } from '../node-errors.ts'
import type { AnnotationRules, CallRule, Pack } from '../pack.ts'

const at = (name: string) => `@nestjs/common.${name}`
const methods: AnnotationRules['methods'] = Object.fromEntries(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'].map((name) => [
    at(name),
    { method: name.toUpperCase(), path: 0 },
  ]),
)
const statuses = {
  BadRequestException: 400,
  UnauthorizedException: 401,
  ForbiddenException: 403,
  NotFoundException: 404,
  MethodNotAllowedException: 405,
  NotAcceptableException: 406,
  RequestTimeoutException: 408,
  ConflictException: 409,
  GoneException: 410,
  PreconditionFailedException: 412,
  PayloadTooLargeException: 413,
  UnsupportedMediaTypeException: 415,
  ImATeapotException: 418,
  MisdirectedException: 421,
  UnprocessableEntityException: 422,
  InternalServerErrorException: 500,
  NotImplementedException: 501,
  BadGatewayException: 502,
  ServiceUnavailableException: 503,
  GatewayTimeoutException: 504,
  HttpVersionNotSupportedException: 505,
}

/** NestJS 9 to 11 (docs.nestjs.com, "Controllers", "Exception filters", "Pipes"). */
export const nestjs: Pack = {
  framework: 'NestJS',
  language: 'javascript',
  uses: /^@nestjs\/(?:common|core)$/,
  syntax: 'colon',
  calls: {
    ...Object.fromEntries(
      ['ArgumentsHost', 'ExecutionContext'].flatMap((name): [string, CallRule][] => [
        [`${at(name)}().switchToHttp`, { does: 'self' }],
        [`${at(name)}().getRequest`, { does: 'give', path: 'nest:req' }],
        [`${at(name)}().getResponse`, { does: 'give', path: 'nest:res' }],
      ]),
    ),
    '@nestjs/core.HttpAdapterHost().httpAdapter.reply': { does: 'respond', status: { arg: 2 }, body: 1 },
    'nest:next': { does: 'throw', arg: 0, isHandedOn: true },
    // What the filter that is extended answers is what the exception says.
    'super:@nestjs/core.BaseExceptionFilter.catch': { does: 'answer', arg: 0 },
    [at('mixin')]: { does: 'same', arg: 0 },
    'rxjs.throwError': { does: 'throw', arg: 0 },
    'nest:req.get': { does: 'read', in: 'header', name: 0 },
    'nest:req.header': { does: 'read', in: 'header', name: 0 },
    'nest:res.sendStatus': { does: 'respond', status: { arg: 0 } },
    'nest:res.header': { does: 'self' },
    'nest:res.set': { does: 'self' },
    'nest:res.type': { does: 'self' },
    'typeorm.Repository().findOneOrFail': {
      does: 'raise',
      status: { arg: 99 },
      error: 'typeorm.EntityNotFoundError',
    },
    'typeorm.Repository().findOneByOrFail': {
      does: 'raise',
      status: { arg: 99 },
      error: 'typeorm.EntityNotFoundError',
    },
    'nest:res.status': { does: 'status', status: { arg: 0 } },
    'nest:res.code': { does: 'status', status: { arg: 0 } },
    'nest:res.json': { does: 'respond', body: 0 },
    'nest:res.send': { does: 'respond', body: 0 },
    'nest:res.end': { does: 'respond', body: 0 },
    'nest:res.sendFile': { does: 'respond' },
    'nest:res.redirect': { does: 'respond', status: { arg: 0, otherwise: 302 } },
  },
  inputs: {
    'nest:req.query': 'query',
    'nest:req.params': 'path',
    'nest:req.headers': 'header',
    'nest:req.cookies': 'cookie',
    'nest:req.signedCookies': 'cookie',
    'nest:req.body': 'body',
  },
  unexpectedStatus: 500,
  errors: {
    ...nodeErrors,
    ...Object.fromEntries(Object.entries(statuses).map(([name, status]) => [at(name), status])),
    [at('HttpException')]: { arg: 1 },
  },
  errorBases: [
    { of: /^@nestjs\/(?:common|core|throttler)\b.*\.\w+Exception$/, bases: [at('HttpException')] },
  ],
  // docs.nestjs.com, "Authentication" (a passport strategy that fails is a 401) and "Rate limiting".
  refuses: [
    {
      of: /^@nestjs\/passport\.AuthGuard\(\)$/,
      status: 401,
      raises: at('UnauthorizedException'),
      asks: 'strategies',
    },
    { of: /^@nestjs\/throttler\.ThrottlerGuard/, status: 429 },
  ],
  annotations: {
    controllers: { [at('Controller')]: { path: 0 } },
    version: at('Version'),
    methods: { ...methods, [at('All')]: { method: '*', path: 0 }, [at('Sse')]: { method: 'GET', path: 0 } },
    parameters: {
      [at('Param')]: { in: 'path', name: 0, isRequired: true },
      [at('Query')]: { in: 'query', name: 0 },
      [at('Headers')]: { in: 'header', name: 0 },
      [at('Body')]: { in: 'body', name: 0, isRequired: true },
      [at('UploadedFile')]: { in: 'body', name: 0, media: 'multipart/form-data' },
      [at('UploadedFiles')]: { in: 'body', name: 0, media: 'multipart/form-data' },
    },
    gives: {
      [at('Req')]: 'nest:req',
      [at('Request')]: 'nest:req',
      [at('Res')]: 'nest:res',
      [at('Response')]: 'nest:res',
      [at('Next')]: 'nest:next',
    },
    status: { [at('HttpCode')]: 0 },
    redirects: { [at('Redirect')]: { arg: 1, otherwise: 302 } },
    plain: 'none',
    guards: { [at('UseGuards')]: { guard: 'authentication', roles: 0 } },
    postStatus: 201,
  },
  // BaseExceptionFilter, `isHttpError`.
  errorMembers: ['statusCode'],
  // RoutesResolver, `mapExternalException`; docs.nestjs.com, "Raw body".
  unreadBody: {
    raises: '@nestjs/common.BadRequestException',
    status: 400,
    isBefore: true,
    unless: /\bbodyParser\s*:\s*false\b/,
  },
  returns: { status: 200, isBody: true },
  invalidStatus: 400,
}
