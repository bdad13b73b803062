import { goKitCalls } from '../go-kit/go-kit.ts'
import type { CallRule, Pack } from '../pack.ts'

/** Values of a request by their names, for the same routers. */
export const requestInputs: NonNullable<Pack['inputs']> = {
  'net/http.Request().Form': 'query',
  'net/http.Request().PostForm': 'form',
  'net/http.Request().MultipartForm.Value': 'form',
  'net/http.Request().MultipartForm.File': 'form',
  'net/http.Request().Header': 'header',
}

/** Those that are files. */
export const requestFiles: readonly string[] = ['net/http.Request().MultipartForm.File']

/** What a handler of Go's own `net/http` calls (pkg.go.dev/net/http); other routers of Go use the same handlers. */
export const writerCalls: Record<string, CallRule> = {
  'net/http.Error': { does: 'respond', status: { arg: 2 }, body: 1, media: 'text/plain' },
  'net/http.NotFound': { does: 'respond', status: 404 },
  'net/http.Redirect': { does: 'respond', status: { arg: 3 } },
  'net/http.ServeFile': { does: 'respond' },
  'net/http.ServeContent': { does: 'respond' },
  'net/http.ResponseWriter().WriteHeader': { does: 'respond', status: { arg: 0 }, sends: 'head' },
  'net/http.ResponseWriter().Write': { does: 'respond', body: 0, sends: 'body' },
  // Of POST, PUT and PATCH the body comes first (net/http, Request.ParseForm).
  'net/http.Request().FormValue': { does: 'read', in: 'query', withBody: 'form', name: 0 },
  'net/http.Request().PostFormValue': { does: 'read', in: 'form', name: 0 },
  'net/http.Request().FormFile': { does: 'read', in: 'form', name: 0, type: 'file' },
  'net/http.Request().PathValue': { does: 'read', in: 'path', name: 0 },
  'net/http.Request().Header.Get': { does: 'read', in: 'header', name: 0 },
  'net/http.Request().Header.Set': { does: 'set-header', name: 0 },
  'net/http.Request().Header.Del': { does: 'set-header', name: 0 },
  'net/http.Request().Cookie': { does: 'read', in: 'cookie', name: 0 },
  'net/http.Request().WithContext': { does: 'self' },
  'net/http.Request().Clone': { does: 'self' },
  'net/http.Request().Form.Get': { does: 'read', in: 'query', withBody: 'form', name: 0 },
  'net/http.Request().Form.Has': { does: 'read', in: 'query', withBody: 'form', name: 0 },
  'net/http.Request().PostForm.Get': { does: 'read', in: 'form', name: 0 },
  'net/http.Request().Header.Values': { does: 'read', in: 'header', name: 0, type: 'list' },
  'net/http.Request().URL.Query': { does: 'inputs', in: 'query' },
  // Routers that keep the variables of a path in the query have them by `:name` (pkg.go.dev/github.com/bmizerany/pat).
  'net/http.Request().URL.Query().Get': { does: 'read', in: 'query', name: 0, namesPath: true },
  'net/http.Request().URL.Query().Has': { does: 'read', in: 'query', name: 0 },
  ...goKitCalls,
  // What a handshake is answered with; one that fails is answered by the library too.
  ...Object.fromEntries(
    [
      'github.com/gorilla/websocket.Upgrader().Upgrade',
      'github.com/coder/websocket.Accept',
      'nhooyr.io/websocket.Accept',
      'github.com/gobwas/ws.UpgradeHTTP',
    ].map((path): [string, CallRule] => [path, { does: 'respond', status: 101 }]),
  ),
  'encoding/json.NewDecoder().Decode': { does: 'body', into: 0, isReader: true },
  'encoding/json.Unmarshal': { does: 'body', into: 1, from: 0 },
  'encoding/json.NewEncoder().Encode': {
    does: 'respond',
    body: 0,
    media: 'application/json',
    sends: 'body',
    to: /^(?:net\/http\.ResponseWriter\(\)|\?)$/,
  },
  // What writes into the writer sends 200 where no status was sent (net/http, `ResponseWriter.Write`).
  ...Object.fromEntries(
    [
      'io.WriteString',
      'io.Copy',
      'io.CopyN',
      'io.CopyBuffer',
      'fmt.Fprint',
      'fmt.Fprintf',
      'fmt.Fprintln',
      'html/template.Template().Execute',
      'html/template.Template().ExecuteTemplate',
      'text/template.Template().Execute',
      'text/template.Template().ExecuteTemplate',
    ].map((path): [string, CallRule] => [
      path,
      { does: 'respond', sends: 'body', to: /^net\/http\.ResponseWriter\(\)$/, toAt: 0 },
    ]),
  ),
}
