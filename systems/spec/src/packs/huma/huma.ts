import { requestFiles, requestInputs } from '../net-http/writer-calls.ts'
import type { MethodRule, Pack, RouterRule } from '../pack.ts'

const root = 'github.com/danielgtaylor/huma/v2'
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head']
const adapters = [
  'humachi',
  'humago',
  'humagin',
  'humaecho',
  'humafiber',
  'humamux',
  'humahttprouter',
  'humaflow',
]
/** What makes an API on a router, and on a part of it that is given beside it, by the version of the router's framework. */
const versions = ['', 'V2', 'V4', 'V5']
const makers: Record<string, RouterRule> = {
  ...Object.fromEntries(versions.map((version) => [`New${version}`, { isApp: false, on: 0 }])),
  ...Object.fromEntries(versions.map((version) => [`New${version}WithGroup`, { isApp: false, on: 1 }])),
  NewWithPrefix: { isApp: false, on: 0, prefix: 1 },
}

/** Errors by their names: `Error404NotFound` (pkg.go.dev/github.com/danielgtaylor/huma/v2). */
const errors: Record<string, number> = Object.fromEntries(
  [
    [400, 'BadRequest'],
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [404, 'NotFound'],
    [405, 'MethodNotAllowed'],
    [406, 'NotAcceptable'],
    [409, 'Conflict'],
    [410, 'Gone'],
    [412, 'PreconditionFailed'],
    [415, 'UnsupportedMediaType'],
    [422, 'UnprocessableEntity'],
    [429, 'TooManyRequests'],
    [500, 'InternalServerError'],
    [501, 'NotImplemented'],
    [502, 'BadGateway'],
    [503, 'ServiceUnavailable'],
    [504, 'GatewayTimeout'],
  ].map(([status, name]) => [`${root}.Error${status}${name}`, Number(status)]),
)

/** Huma 2 (huma.rocks: "Operations", "Request Inputs", "Response Outputs", "Response Errors"). */
export const huma: Pack = {
  framework: 'Huma',
  language: 'go',
  uses: /^github\.com\/danielgtaylor\/huma\/v2(?:\/|\.|$)/,
  // An API stands on the router of another framework.
  routers: Object.fromEntries(
    adapters.flatMap((name) =>
      Object.entries(makers).map(([maker, rule]) => [`${root}/adapters/${name}.${maker}`, rule]),
    ),
  ),
  routerTypes: { [`${root}.API`]: false, [`${root}.Group`]: false },
  methods: { UseMiddleware: { does: 'use' } },
  functions: {
    ...Object.fromEntries(
      verbs.map((verb): [string, MethodRule] => [
        `${root}.${verb}`,
        { does: 'route', method: verb.toUpperCase(), path: 1, handlers: 2 },
      ]),
    ),
    [`${root}.Register`]: { does: 'object', arg: 1, handlers: 2 },
    [`${root}.NewGroup`]: { does: 'group', prefix: 1 },
  },
  routesOn: 0,
  syntax: 'braces',
  functionParameters: 'tags',
  calls: {
    [`${root}.WriteErr`]: { does: 'respond', status: { arg: 2 }, body: 3, media: 'application/problem+json' },
    [`${root}.Context().Header`]: { does: 'read', in: 'header', name: 0 },
    [`${root}.Context().Query`]: { does: 'read', in: 'query', name: 0 },
    [`${root}.Context().Param`]: { does: 'read', in: 'path', name: 0 },
    [`${root}.Context().SetStatus`]: { does: 'status', status: { arg: 0 } },
  },
  inputs: requestInputs,
  fileInputs: requestFiles,
  errors: { ...errors, [`${root}.NewError`]: { arg: 0 } },
  returns: { status: 200, isBody: true, emptyStatus: 204 },
  invalidStatus: 422,
}
