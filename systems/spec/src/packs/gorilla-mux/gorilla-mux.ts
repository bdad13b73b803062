import { writerCalls } from '../net-http/writer-calls.ts'
import type { MethodRule, Pack } from '../pack.ts'

const root = 'github.com/gorilla/mux'
const handled: MethodRule = { does: 'step', path: 0, handler: 1 }
/** What a route asks for besides its path and methods. */
const asks = ['Headers', 'HeadersRegexp', 'Host', 'MatcherFunc', 'Name', 'NewRoute', 'Queries', 'Schemes']

/** gorilla/mux (pkg.go.dev/github.com/gorilla/mux, `Router` and `Route`): a route is begun by a router and goes on in a chain. */
export const gorillaMux: Pack = {
  framework: 'gorilla/mux',
  language: 'go',
  // net/http's server sends 200 where nothing was written.
  silentStatus: 200,
  handlerMethod: 'ServeHTTP',
  uses: /^github\.com\/gorilla\/mux(?:\.|$)/,
  routers: { [`${root}.NewRouter`]: { isApp: true } },
  routerTypes: { [`${root}.Router`]: false, [`${root}.Route`]: false },
  methods: {
    HandleFunc: handled,
    Handle: handled,
    Path: { does: 'step', path: 0 },
    PathPrefix: { does: 'step', path: 0, isPrefix: true },
    Methods: { does: 'step', methods: true },
    HandlerFunc: { does: 'step', handler: 0 },
    Handler: { does: 'step', handler: 0 },
    ...Object.fromEntries(asks.map((name) => [name, { does: 'step' } as const])),
    Subrouter: { does: 'group' },
    Use: { does: 'use' },
    StrictSlash: { does: 'self' },
    SkipClean: { does: 'self' },
    UseEncodedPath: { does: 'self' },
  },
  usesComeFirst: true,
  syntax: 'braces',
  keepsPrefixes: true,
  calls: { ...writerCalls, [`${root}.Vars`]: { does: 'inputs', in: 'path' } },
}
