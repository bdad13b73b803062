import { unreadPrefix } from '../packs/path.ts'
import { makeRouter } from '../packs/router.ts'
import { tornado } from '../packs/tornado/tornado.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import { textOf } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import { flattenRouter } from './flat-routes.ts'
import type { Run } from './run-code.ts'

/**
 * Tornado: routes in lists of modules (`default_handlers = [(r'/api/jars', JarHandler)]`) that only the running program gives an application, as it does with its
 * settings. The program has them, and whatever prefix it gives them: their paths are told below what is not known. Classes that are routed anywhere are left out.
 */
export function listedAlone(run: Run, routed: readonly FoundOperation[]): FoundOperation[] {
  if (!run.packs.includes(tornado)) return []
  const known = new Set(
    routed.flatMap(({ handlers }) => handlers.flatMap((one) => (one.t === 'class' ? [one.ref.cls] : []))),
  )
  const seen = new Set<string>()
  return [...run.project.modules.values()].flatMap((module) => {
    if (module.language !== 'python') return []
    return module.body.flatMap((stmt) => {
      if (stmt.k !== 'let' || stmt.target.k !== 'name' || stmt.value?.k !== 'array') return []
      const list = run.interpreter.runModule(module).get(stmt.target.name)
      const site = { module, start: stmt.start, end: stmt.end, symbol: stmt.target.name }
      const router = makeRouter(tornado, site, true, unreadPrefix)
      for (const { text, ref } of list?.t === 'list' ? list.items.flatMap(routeOf) : []) {
        const key = `${ref.module.path} ${ref.cls.name} ${text}`
        if (known.has(ref.cls) || seen.has(key) || !isHandler(run, ref)) continue
        seen.add(key)
        router.entries.push({
          kind: 'route',
          methods: ['class'],
          path: { t: 'const', v: text },
          handlers: [{ t: 'class', ref }],
          site,
          args: [],
          options: new Map(),
        })
      }
      return router.entries.length > 0 ? flattenRouter(router) : []
    })
  })
}

const isHandler = (run: Run, ref: ClassRef): boolean =>
  run.interpreter.lookup.ancestry(ref).includes('tornado.web.RequestHandler')

// A path and the class that answers it.
function routeOf(item: Value): { text: string; ref: ClassRef }[] {
  if (item.t !== 'list') return []
  const [path, handler] = item.items
  const text = textOf(path)
  return text?.startsWith('/') && handler?.t === 'class' ? [{ text, ref: handler.ref }] : []
}
