import { requestFiles, requestInputs, writerCalls } from '../net-http/writer-calls.ts'
import { basic } from '../credentials.ts'
import { commonMethods } from '../methods.ts'
import { errorTypes } from './kept-errors.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'github.com/gin-gonic/gin'
const context = `${root}.Context()`
const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb, path: 0, handlers: 1 }]),
)
const answer = (media: string): CallRule => ({ does: 'respond', status: { arg: 0 }, body: 1, media })
const on = (calls: Record<string, CallRule>) =>
  Object.fromEntries(Object.entries(calls).map(([name, rule]) => [`${context}.${name}`, rule]))

/** Gin (pkg.go.dev/github.com/gin-gonic/gin). */
export const gin: Pack = {
  framework: 'Gin',
  language: 'go',
  anyMethods: commonMethods,
  // net/http's server and fasthttp's both send 200 where nothing was written.
  silentStatus: 200,
  uses: /^github\.com\/gin-gonic\/gin(?:\.|$)/,
  routers: { [`${root}.Default`]: { isApp: true }, [`${root}.New`]: { isApp: true } },
  routerTypes: {
    [`${root}.Engine`]: true,
    [`${root}.RouterGroup`]: false,
    [`${root}.IRouter`]: false,
    [`${root}.IRoutes`]: false,
  },
  methods: {
    ...routes,
    Any: { does: 'route', method: '*', path: 0, handlers: 1 },
    Handle: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Match: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Group: { does: 'group', prefix: 0, middleware: 1 },
    Use: { does: 'use' },
  },
  syntax: 'colon',
  inputs: requestInputs,
  fileInputs: requestFiles,
  // `binding`: forms and queries are one thing to it.
  bindsBeside: {},
  inputTags: { query: 'form', path: 'uri', header: 'header' },
  // `gin.ErrorType`: bits of one number.
  constants: Object.fromEntries(
    Object.entries(errorTypes).map(([name, bit]) => [`${root}.ErrorType${name}`, bit]),
  ),
  // "Using BasicAuth() middleware".
  refuses: [{ of: /^github\.com\/gin-gonic\/gin\.BasicAuth(?:ForRealm)?\(\)$/, status: 401, asks: [basic] }],
  keptErrors: [`${root}.Context().Errors`],
  holds: {
    [`${root}.Context().Request`]: 'net/http.Request()',
    [`${root}.Context().Writer`]: 'net/http.ResponseWriter()',
  },
  calls: {
    ...writerCalls,
    ...on({
      Next: { does: 'pass' },
      FullPath: { does: 'asked', of: 'pattern' },
      // "Error handling middleware": what is kept for the middleware around it.
      Error: { does: 'throw', arg: 0, isHandedOn: true },
      JSON: answer('application/json'),
      IndentedJSON: answer('application/json'),
      PureJSON: answer('application/json'),
      SecureJSON: answer('application/json'),
      AsciiJSON: answer('application/json'),
      JSONP: answer('application/javascript'),
      ProtoBuf: answer('application/x-protobuf'),
      TOML: answer('application/toml'),
      Render: { does: 'respond', status: { arg: 0 } },
      Negotiate: { does: 'respond', status: { arg: 0 } },
      AbortWithStatusJSON: answer('application/json'),
      String: answer('text/plain'),
      HTML: { does: 'respond', status: { arg: 0 }, body: 2, media: 'text/html' },
      XML: answer('application/xml'),
      YAML: answer('application/yaml'),
      Data: { does: 'respond', status: { arg: 0 }, body: 2 },
      DataFromReader: { does: 'respond', status: { arg: 0 } },
      Redirect: { does: 'respond', status: { arg: 0 } },
      AbortWithStatus: { does: 'respond', status: { arg: 0 } },
      AbortWithError: { does: 'respond', status: { arg: 0 }, body: 1 },
      File: { does: 'respond' },
      FileAttachment: { does: 'respond' },
      Status: { does: 'respond', status: { arg: 0 } },
      Query: { does: 'read', in: 'query', name: 0 },
      DefaultQuery: { does: 'read', in: 'query', name: 0, otherwise: 1 },
      GetQuery: { does: 'read', in: 'query', name: 0 },
      QueryArray: { does: 'read', in: 'query', name: 0, type: 'list' },
      GetQueryArray: { does: 'read', in: 'query', name: 0, type: 'list' },
      PostFormArray: { does: 'read', in: 'form', name: 0, type: 'list' },
      QueryMap: { does: 'read', in: 'query', name: 0 },
      GetQueryMap: { does: 'read', in: 'query', name: 0 },
      GetPostForm: { does: 'read', in: 'form', name: 0 },
      PostFormMap: { does: 'read', in: 'form', name: 0 },
      Param: { does: 'read', in: 'path', name: 0 },
      GetHeader: { does: 'read', in: 'header', name: 0 },
      PostForm: { does: 'read', in: 'form', name: 0 },
      DefaultPostForm: { does: 'read', in: 'form', name: 0, otherwise: 1 },
      MultipartForm: { does: 'give', path: 'net/http.Request().MultipartForm', keepsText: true },
      FormFile: { does: 'read', in: 'form', name: 0, type: 'file' },
      Cookie: { does: 'read', in: 'cookie', name: 0 },
      ShouldBindJSON: { does: 'body', into: 0 },
      // `binding.Default`: the query where the method is GET.
      ShouldBind: { does: 'body', into: 0, onGet: 'query', isByType: true },
      ShouldBindWith: { does: 'body', into: 0, binding: 1 },
      MustBindWith: { does: 'body', into: 0, binding: 1, answers: 400 },
      BindWith: { does: 'body', into: 0, binding: 1, answers: 400 },
      ShouldBindBodyWith: { does: 'body', into: 0, binding: 1 },
      ShouldBindBodyWithJSON: { does: 'body', into: 0 },
      ...Object.fromEntries(
        Object.entries({
          XML: 'application/xml',
          YAML: 'application/yaml',
          TOML: 'application/toml',
        }).flatMap(([name, media]): [string, CallRule][] => [
          [`ShouldBindBodyWith${name}`, { does: 'body', into: 0, media }],
          [`ShouldBind${name}`, { does: 'body', into: 0, media }],
          [`Bind${name}`, { does: 'body', into: 0, media, answers: 400 }],
        ]),
      ),
      ShouldBindPlain: { does: 'body', into: 0, media: 'text/plain' },
      BindPlain: { does: 'body', into: 0, media: 'text/plain', answers: 400 },
      ShouldBindHeader: { does: 'body', into: 0, media: 'header' },
      BindHeader: { does: 'body', into: 0, media: 'header', answers: 400 },
      BindJSON: { does: 'body', into: 0, answers: 400 },
      Bind: { does: 'body', into: 0, onGet: 'query', isByType: true, answers: 400 },
      ShouldBindQuery: { does: 'body', into: 0, media: 'query' },
      BindQuery: { does: 'body', into: 0, media: 'query', answers: 400 },
      ShouldBindUri: { does: 'body', into: 0, media: 'path' },
      BindUri: { does: 'body', into: 0, media: 'path', answers: 400 },
    }),
  },
}
