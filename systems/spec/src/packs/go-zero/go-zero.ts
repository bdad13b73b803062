import { bearer } from '../credentials.ts'
import { requestFiles, requestInputs, writerCalls } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'github.com/zeromicro/go-zero/rest'
const httpx = `${root}/httpx`
const routes: MethodRule = {
  does: 'object',
  arg: 0,
  keys: ['Handler'],
  prefixed: `${root}.WithPrefix`,
  wrapped: { by: /^github\.com\/zeromicro\/go-zero\/rest\.WithMiddlewares?\(\)$/, from: 1 },
  guarded: /^github\.com\/zeromicro\/go-zero\/rest\.WithJwt(?:Transition)?\(\)$/,
}
/** `rest/httpx`, "doHandleError": an error of gRPC is answered with the status that is that of its code. */
const answered = {
  by: `${httpx}.SetErrorHandler`,
  otherwise: 400,
  remote: /^(?:github\.com\/zeromicro\/go-zero\/zrpc|google\.golang\.org\/grpc)(?:\/|$)/,
  module: 'github.com/zeromicro/go-zero',
}
const calls: Record<string, CallRule> = {
  Parse: { does: 'body', into: 1 },
  ParseJsonBody: { does: 'body', into: 1, media: 'application/json' },
  ParseForm: { does: 'body', into: 1, media: 'query' },
  ParsePath: { does: 'body', into: 1, media: 'path' },
  ParseHeaders: { does: 'body', into: 1, media: 'header' },
  Ok: { does: 'respond', status: 200 },
  OkJson: { does: 'respond', status: 200, body: 1, media: 'application/json' },
  OkJsonCtx: { does: 'respond', status: 200, body: 2, media: 'application/json' },
  Error: { does: 'error-answer', error: 1, ...answered },
  ErrorCtx: { does: 'error-answer', error: 2, ...answered },
  WriteJson: { does: 'respond', status: { arg: 1 }, body: 2, media: 'application/json' },
  WriteJsonCtx: { does: 'respond', status: { arg: 2 }, body: 3, media: 'application/json' },
}

/** go-zero (go-zero.dev, "HTTP Server"; pkg.go.dev/github.com/zeromicro/go-zero/rest). An error is answered by the program's function for errors, else with 400. */
export const goZero: Pack = {
  framework: 'go-zero',
  language: 'go',
  silentStatus: 200,
  handlerMethod: 'ServeHTTP',
  uses: /^github\.com\/zeromicro\/go-zero\/rest(?:\.|\/|$)/,
  routers: { [`${root}.MustNewServer`]: { isApp: true }, [`${root}.NewServer`]: { isApp: true } },
  routerTypes: { [`${root}.Server`]: true },
  methods: { AddRoutes: routes, AddRoute: routes, Use: { does: 'use' } },
  // go-zero.dev, "JWT": the token is that of the header, and the program may write what is answered without one.
  refuses: [
    {
      of: /^github\.com\/zeromicro\/go-zero\/rest\.WithJwt(?:Transition)?\(\)$/,
      status: 401,
      asks: [bearer],
      otherwise: [{ said: /\bWithUnauthorizedCallback\b/, status: 0 }],
    },
  ],
  syntax: 'colon',
  inputTags: { query: 'form', path: 'path', header: 'header' },
  bindsTagged: true,
  // "Parameter Rules": a form is read of the query too.
  rules: 'go-zero',
  inputs: requestInputs,
  fileInputs: requestFiles,
  calls: {
    ...writerCalls,
    ...Object.fromEntries(Object.entries(calls).map(([name, rule]) => [`${httpx}.${name}`, rule])),
  },
}
