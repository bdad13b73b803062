import { commonMethods } from '../methods.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'github.com/kataras/iris/v12'
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 }]),
)
const calls: Record<string, CallRule> = {
  Next: { does: 'pass' },
  StatusCode: { does: 'status', status: { arg: 0 } },
  JSON: { does: 'respond', body: 0, media: 'application/json' },
  XML: { does: 'respond', body: 0, media: 'application/xml' },
  Text: { does: 'respond', body: 0, media: 'text/plain' },
  HTML: { does: 'respond', body: 0, media: 'text/html' },
  View: { does: 'respond', media: 'text/html' },
  WriteString: { does: 'respond', body: 0, media: 'text/plain' },
  Write: { does: 'respond', body: 0 },
  SendFile: { does: 'respond' },
  Redirect: { does: 'respond', status: { arg: 1, otherwise: 302 } },
  StopWithStatus: { does: 'respond', status: { arg: 0 } },
  StopWithText: { does: 'respond', status: { arg: 0 }, body: 1, media: 'text/plain' },
  StopWithError: { does: 'respond', status: { arg: 0 }, body: 1 },
  StopWithJSON: { does: 'respond', status: { arg: 0 }, body: 1, media: 'application/json' },
  StopWithProblem: { does: 'respond', status: { arg: 0 }, body: 1, media: 'application/problem+json' },
  NotFound: { does: 'respond', status: 404 },
  URLParam: { does: 'read', in: 'query', name: 0 },
  URLParamDefault: { does: 'read', in: 'query', name: 0, otherwise: 1 },
  URLParamInt: { does: 'read', in: 'query', name: 0, type: 'integer' },
  URLParamIntDefault: { does: 'read', in: 'query', name: 0, otherwise: 1, type: 'integer' },
  FormValue: { does: 'read', in: 'query', withBody: 'form', name: 0 },
  PostValue: { does: 'read', in: 'form', name: 0 },
  FormFile: { does: 'read', in: 'form', name: 0, type: 'file' },
  GetHeader: { does: 'read', in: 'header', name: 0 },
  GetCookie: { does: 'read', in: 'cookie', name: 0 },
  ReadJSON: { does: 'body', into: 0, media: 'application/json' },
  ReadBody: { does: 'body', into: 0, isByType: true },
  ReadForm: { does: 'body', into: 0, media: 'form' },
  ReadQuery: { does: 'body', into: 0, media: 'query' },
  ReadParams: { does: 'body', into: 0, media: 'path' },
  ...Object.fromEntries(
    ['Get', 'GetString', 'GetInt', 'GetInt64', 'GetUint64', 'GetIntDefault'].map(
      (name): [string, CallRule] => [`Params().${name}`, { does: 'read', in: 'path', name: 0 }],
    ),
  ),
}

/** Iris 12 (iris-go.com, "Routing", "Party"). */
export const iris: Pack = {
  framework: 'Iris',
  language: 'go',
  anyMethods: commonMethods,
  silentStatus: 200,
  uses: /^github\.com\/kataras\/iris\/v12(?:\.|\/|$)/,
  routers: { [`${root}.New`]: { isApp: true }, [`${root}.Default`]: { isApp: true } },
  routerTypes: {
    [`${root}.Application`]: true,
    [`${root}.Party`]: false,
    [`${root}/core/router.Party`]: false,
  },
  methods: {
    ...routes,
    Any: { does: 'route', method: '*', path: 0, handlers: 1 },
    Handle: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Party: { does: 'group', prefix: 0, middleware: 1 },
    PartyFunc: { does: 'group', prefix: 0, body: 1 },
    Use: { does: 'use' },
    UseRouter: { does: 'use' },
    UseGlobal: { does: 'use' },
  },
  syntax: 'braces',
  calls: Object.fromEntries(
    [`${root}.Context()`, `${root}/context.Context()`].flatMap((context) =>
      Object.entries(calls).map(([name, rule]) => [`${context}.${name}`, rule]),
    ),
  ),
}
