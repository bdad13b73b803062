import { posix } from 'node:path'
import type { Routing } from '../packs/routing.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, symbol } from '../resolve/values.ts'

/** `http.StripPrefix("/api", h.AuthHandler)`, in code that runs for each request. */
const stripped = /\bhttp\.StripPrefix\(\s*("[^"\\]*"|[\w.]+)\s*,\s*\w+\.(\w+)\s*\)/g

/**
 * Routers that a struct of Go has in it and that another one hands requests on to by a field, without a prefix that it takes off: what is
 * routed there is below that prefix; below anything where more than one is taken off, or one that is not written there.
 */
export function putBelowStripped(interpreter: Interpreter, { routers }: Routing): void {
  const prefixes = new Map<string, Set<string>>()
  for (const { language, text } of interpreter.project.modules.values())
    if (language === 'go')
      for (const [, prefix = '', field = ''] of text.matchAll(stripped))
        prefixes.set(field, (prefixes.get(field) ?? new Set()).add(prefix))
  if (prefixes.size === 0) return
  const folders = new Map<string, Set<string>>()
  for (const ref of interpreter.lookup.classes())
    for (const { name, type } of ref.module.language === 'go' ? ref.cls.fields : []) {
      const found = prefixes.get(name)
      const target = found && type ? interpreter.lookup.typeTarget(type.name, ref.scope) : ''
      if (!found || typeof target === 'string' || target.cls.bases.length === 0) continue
      const folder = posix.dirname(target.module.path)
      folders.set(folder, new Set([...(folders.get(folder) ?? []), ...found]))
    }
  for (const router of routers) {
    const found = folders.get(posix.dirname(router.site.module.path))
    if (!found || router.isMounted || router.pack.language !== 'go') continue
    const [only = ''] = found
    router.prefix ??= found.size === 1 && only.startsWith('"') ? constant(only.slice(1, -1)) : symbol('?')
  }
}
