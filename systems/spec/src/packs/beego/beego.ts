import { requestFiles, requestInputs, writerCalls } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const roots = ['github.com/beego/beego/v2/server/web', 'github.com/beego/beego', 'github.com/astaxie/beego']
const every = <T>(make: (root: string) => Record<string, T>): Record<string, T> =>
  Object.assign({}, ...roots.map(make)) as Record<string, T>
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options']
const mapped: MethodRule = { does: 'mapped', path: 0, thing: 1, mapping: 2 }
const routes: Record<string, MethodRule> = {
  Router: mapped,
  Any: { does: 'route', method: '*', path: 0, handlers: 1 },
  ...Object.fromEntries(
    verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 } as const]),
  ),
}
const nested: MethodRule = { does: 'nested', prefix: 0, from: 1 }

/** Of a controller (pkg.go.dev/github.com/beego/beego/v2/server/web, `Controller`). */
const calls: Record<string, CallRule> = {
  GetString: { does: 'read', in: 'query', withBody: 'form', name: 0, otherwise: 1, namesPath: true },
  GetStrings: { does: 'read', in: 'query', withBody: 'form', name: 0, type: 'list' },
  ...Object.fromEntries(
    ['GetInt', 'GetInt8', 'GetInt32', 'GetInt64', 'GetUint64'].map((name): [string, CallRule] => [
      name,
      {
        does: 'read',
        in: 'query',
        withBody: 'form',
        name: 0,
        otherwise: 1,
        type: 'integer',
        namesPath: true,
      },
    ]),
  ),
  GetBool: { does: 'read', in: 'query', withBody: 'form', name: 0, otherwise: 1, type: 'boolean' },
  GetFile: { does: 'read', in: 'form', name: 0, type: 'file' },
  BindJSON: { does: 'body', into: 0, media: 'application/json' },
  BindForm: { does: 'body', into: 0, media: 'form' },
  ServeJSON: { does: 'respond', media: 'application/json' },
  JSONResp: { does: 'respond', body: 0, media: 'application/json' },
  ServeXML: { does: 'respond', media: 'application/xml' },
  Redirect: { does: 'respond', status: { arg: 1 } },
  // Both panic.
  Abort: { does: 'raise', status: { arg: 0 }, never: true },
  CustomAbort: { does: 'raise', status: { arg: 0 }, message: 1, never: true },
  'Ctx.Output.SetStatus': { does: 'status', status: { arg: 0 }, of: 'beego:controller' },
  'Ctx.ResponseWriter.WriteHeader': { does: 'respond', status: { arg: 0 }, sends: 'head' },
  'Ctx.ResponseWriter.Write': { does: 'respond', body: 0, sends: 'body' },
  'Ctx.Abort': { does: 'raise', status: { arg: 0 }, message: 1, never: true },
  'Ctx.Redirect': { does: 'respond', status: { arg: 0 } },
  'Ctx.Output.JSON': { does: 'respond', body: 0, media: 'application/json', of: 'beego:controller' },
  'Ctx.Output.Body': { does: 'respond', body: 0, of: 'beego:controller' },
  'Ctx.WriteString': { does: 'respond', body: 0, media: 'text/plain', of: 'beego:controller' },
  'Ctx.Input.Param': { does: 'read', in: 'path', name: 0, namesPath: true },
  'Ctx.Input.Query': { does: 'read', in: 'query', name: 0 },
  'Ctx.Input.Header': { does: 'read', in: 'header', name: 0 },
  'Ctx.Input.Cookie': { does: 'read', in: 'cookie', name: 0 },
}

/** Beego 1 and 2 (beego.wiki, "Controller", "Router"). */
export const beego: Pack = {
  framework: 'Beego',
  language: 'go',
  silentStatus: 200,
  // Filters stand before all that their pattern fits, whenever they are put there.
  usesComeFirst: true,
  uses: /^github\.com\/(?:beego\/beego(?:\/v2\/server\/web)?|astaxie\/beego)(?:\.|$)/,
  routers: every((root) => ({
    [`${root}.NewNamespace`]: { isApp: false, route: nested },
    [`${root}.NewControllerRegister`]: { isApp: true },
    [`${root}.NewHttpSever`]: { isApp: true },
  })),
  functions: every((root) => ({
    ...Object.fromEntries(Object.entries(routes).map(([name, rule]) => [`${root}.${name}`, rule])),
    [`${root}.AddNamespace`]: { does: 'plug' } satisfies MethodRule,
    [`${root}.InsertFilter`]: { does: 'use' } satisfies MethodRule,
    [`${root}.Run`]: { does: 'serve' } satisfies MethodRule,
    [`${root}.RunWithMiddleWares`]: { does: 'serve' } satisfies MethodRule,
  })),
  methods: { ...routes, Add: mapped, Run: { does: 'serve' } },
  listed: every((root) => ({
    ...Object.fromEntries(Object.entries(routes).map(([name, rule]) => [`${root}.NS${name}`, rule])),
    [`${root}.NSNamespace`]: nested,
    [`${root}.NSBefore`]: { does: 'use' } satisfies MethodRule,
  })),
  instances: every((root) => ({ [`${root}.Controller`]: 'beego:controller' })),
  syntax: 'colon',
  inputs: requestInputs,
  fileInputs: requestFiles,
  calls: {
    ...writerCalls,
    ...Object.fromEntries(Object.entries(calls).map(([name, rule]) => [`beego:controller.${name}`, rule])),
    // Filters are given what controllers have.
    ...every((root) =>
      Object.fromEntries(
        Object.entries(calls).flatMap(([name, rule]) =>
          name.startsWith('Ctx.') ? [[`${root}/context.Context().${name.slice(4)}`, rule]] : [],
        ),
      ),
    ),
  },
}
