import type { Module } from '../parse/ir.ts'
import type { Pack, RouterRule } from './pack.ts'

/** What a call of code outside makes, by its path or by a name that is like the framework's own. */
export function routerRule({ routers, alike, uses }: Pack, path: string): RouterRule | undefined {
  const own = routers?.[path]
  if (own || !alike || uses.test(path)) return own
  return /^[A-Za-z_]\w*(?:\.\w+)+$/.test(path) && alike.named.test(path.slice(path.lastIndexOf('.') + 1))
    ? routers?.[alike.as]
    : undefined
}

/** Classes that a module imports from outside the framework and that are named like its own.  */
export const alikeIn = (
  { body }: Module,
  { alike, uses }: Pack,
): { source: string; name: string; local: string; start: number }[] =>
  alike
    ? body.flatMap((stmt) =>
        stmt.k === 'import' && !uses.test(stmt.source)
          ? stmt.names.flatMap(({ imported, local }) =>
              imported !== null && alike.named.test(imported)
                ? [{ source: stmt.source, name: imported, local, start: stmt.start }]
                : [],
            )
          : [],
      )
    : []

/** What a module calls these. */
export const namesAlike = (module: Module, packs: readonly Pack[]): string[] =>
  packs.flatMap((pack) =>
    pack.language === module.language ? alikeIn(module, pack).map(({ local }) => local) : [],
  )
