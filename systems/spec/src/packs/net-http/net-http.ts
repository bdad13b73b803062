import type { Pack } from '../pack.ts'
import { requestInputs, writerCalls } from './writer-calls.ts'

/** Go's own server with the patterns of 1.22, and gorilla/mux's predecessor forms (pkg.go.dev/net/http, "ServeMux"). */
export const netHttp: Pack = {
  framework: 'net/http',
  language: 'go',
  // net/http's server and fasthttp's both send 200 where nothing was written.
  silentStatus: 200,
  handlerMethod: 'ServeHTTP',
  uses: /^net\/http(?:\.|$)/,
  serves:
    /\.(?:Handle|HandleFunc|Handler|HandlerFunc|ListenAndServe\w*|Serve|ServeTLS|ServeHTTP|NewServeMux|ServeMux|ResponseWriter)\b/,
  routers: { 'net/http.NewServeMux': { isApp: true } },
  routerTypes: { 'net/http.ServeMux': true },
  methods: {
    HandleFunc: { does: 'pattern', pattern: 0, handlers: 1 },
    Handle: { does: 'pattern', pattern: 0, handlers: 1 },
  },
  functions: {
    'net/http.HandleFunc': { does: 'pattern', pattern: 0, handlers: 1 },
    'net/http.Handle': { does: 'pattern', pattern: 0, handlers: 1 },
  },
  processRouters: ['net/http.DefaultServeMux'],
  syntax: 'braces',
  isStrictSlash: true,
  calls: writerCalls,
  inputs: requestInputs,
}
