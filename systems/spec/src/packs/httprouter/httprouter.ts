import { writerCalls } from '../net-http/writer-calls.ts'
import type { MethodRule, Pack } from '../pack.ts'

const root = 'github.com/julienschmidt/httprouter'
const verbs = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const named: MethodRule = { does: 'handle', methods: 0, path: 1, handlers: 2 }

/** httprouter (pkg.go.dev/github.com/julienschmidt/httprouter, `Router` and `Params`). */
export const httprouter: Pack = {
  framework: 'httprouter',
  language: 'go',
  // net/http's server sends 200 where nothing was written.
  silentStatus: 200,
  handlerMethod: 'ServeHTTP',
  uses: /^github\.com\/julienschmidt\/httprouter(?:\.|$)/,
  routers: { [`${root}.New`]: { isApp: true } },
  routerTypes: { [`${root}.Router`]: true },
  methods: {
    ...Object.fromEntries(
      verbs.map((verb) => [verb, { does: 'route', method: verb, path: 0, handlers: 1 } as const]),
    ),
    Handle: named,
    Handler: named,
    HandlerFunc: named,
    ServeFiles: { does: 'route', method: 'GET', path: 0, handlers: 1 },
  },
  // What handlers panic with.
  routerSets: { PanicHandler: 'errors' },
  syntax: 'colon',
  isStrictSlash: true,
  calls: {
    ...writerCalls,
    ...Object.fromEntries(
      ['Params()', 'ParamsFromContext()'].map((of) => [
        `${root}.${of}.ByName`,
        { does: 'read', in: 'path', name: 0 } as const,
      ]),
    ),
  },
}
