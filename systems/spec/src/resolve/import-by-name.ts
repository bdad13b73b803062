import type { Runtime } from './runtime.ts'
import type { ArgValue, Site, Value } from './values.ts'

/** What a text names with its module, as frameworks of Python import it (`berths.api.router`, `berths.api:router`); null where that is none of the repository's. */
export function importedByName(runtime: Runtime, text: string, site: Site): Value | null {
  const [path = '', inside] = text.split(':')
  const parts = path.split('.')
  if (site.module.language !== 'python' || !parts.every((part) => /^\w+$/.test(part))) return null
  for (let at = parts.length; at > 0; at--) {
    const module = runtime.project.resolve(site.module, parts.slice(0, at).join('.'))
    if (!module) continue
    let found: Value | null = { t: 'module', module, scope: runtime.runModule(module) }
    for (const name of [...parts.slice(at), ...(inside?.split('.') ?? [])])
      found = found && runtime.memberOf(found, name, site)
    return found
  }
  return null
}

/** Python's `__import__`: the module that a name without dots stands for, so many packages up as `level` says; null where that is none of the repository's. */
export function importedHere(
  runtime: Runtime,
  name: string,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  const level = (args.find((arg) => arg.name === 'level') ?? args[4])?.value
  const up = level?.t === 'const' && typeof level.v === 'number' ? level.v : 0
  const module = /^\w+$/.test(name) ? runtime.project.resolve(site.module, `${'.'.repeat(up)}${name}`) : null
  return module && { t: 'module', module, scope: runtime.runModule(module) }
}
