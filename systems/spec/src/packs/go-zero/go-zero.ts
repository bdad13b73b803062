import { requestInputs, writerCalls } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'github.com/zeromicro/go-zero/rest'
const httpx = `${root}/httpx`
const routes: MethodRule = {
  does: 'object',
  arg: 0,
  keys: ['Handler'],
  prefixed: `${root}.WithPrefix`,
  wrapped: { by: `${root}.WithMiddlewares`, from: 1 },
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
  Error: { does: 'error-answer', error: 1, by: `${httpx}.SetErrorHandler`, otherwise: 400 },
  ErrorCtx: { does: 'error-answer', error: 2, by: `${httpx}.SetErrorHandler`, otherwise: 400 },
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
  syntax: 'colon',
  inputs: requestInputs,
  calls: {
    ...writerCalls,
    ...Object.fromEntries(Object.entries(calls).map(([name, rule]) => [`${httpx}.${name}`, rule])),
  },
}
