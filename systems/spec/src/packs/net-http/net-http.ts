import type { Pack } from '../pack.ts'
import { requestFiles, requestInputs, writerCalls } from './writer-calls.ts'

const group = 'github.com/go-pkgz/routegroup'

/** Go's own server with the patterns of 1.22, and gorilla/mux's predecessor forms (pkg.go.dev/net/http, "ServeMux"); groups of its patterns (pkg.go.dev/github.com/go-pkgz/routegroup). */
export const netHttp: Pack = {
  framework: 'net/http',
  language: 'go',
  // net/http's server and fasthttp's both send 200 where nothing was written.
  silentStatus: 200,
  handlerMethod: 'ServeHTTP',
  uses: /^(?:net\/http|github\.com\/go-pkgz\/routegroup)(?:\.|$)/,
  serves:
    /\.(?:Handle|HandleFunc|Handler|HandlerFunc|ListenAndServe\w*|Serve|ServeTLS|ServeHTTP|NewServeMux|ServeMux|ResponseWriter)\b|\broutegroup\./,
  routers: {
    'net/http.NewServeMux': { isApp: true },
    [`${group}.New`]: { isApp: false, on: 0 },
    [`${group}.Mount`]: { isApp: false, on: 0, prefix: 1 },
  },
  routerTypes: { 'net/http.ServeMux': true, [`${group}.Bundle`]: false },
  methods: {
    Use: { does: 'use' },
    With: { does: 'group', middleware: 0 },
    Group: { does: 'group' },
    Mount: { does: 'group', prefix: 0 },
    Route: { does: 'group', body: 0 },
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
  fileInputs: requestFiles,
}
