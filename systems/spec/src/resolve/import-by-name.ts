import type { Runtime } from './runtime.ts'
import type { Site, Value } from './values.ts'

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
