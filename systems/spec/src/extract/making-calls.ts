import { namesAlike } from '../packs/alike.ts'
import type { Pack } from '../packs/pack.ts'
import type { Module } from '../parse/ir.ts'

/** Whether a text of a module calls what makes a router, of these packs as that module names it. */
export function makingIn(module: Module, packs: readonly Pack[]): (text: string) => boolean {
  const mine = packs.filter(({ language }) => language === module.language)
  const makers =
    module.language === 'go'
      ? qualifiedMakers(module, mine)
      : mine
          .flatMap((pack) => [
            ...Object.keys(pack.routers ?? {}),
            ...(pack.language === 'javascript' ? Object.keys(pack.functions ?? {}) : []),
          ])
          .map(lastOf)
          .concat(importedAs(module, mine))
  if (makers.length === 0) return () => false
  const making = new RegExp(
    `\\b(?:${makers.map((name) => name.replaceAll(/\W/g, String.raw`\$&`)).join('|')})\\(`,
  )
  return (text) => making.test(text)
}

const lastOf = (path: string): string => path.split('.').at(-1)?.split('/').at(-1) ?? path

// What a module of Go calls to make a router: `gin.New`, by the name that it imports the package under.
function qualifiedMakers(module: Module, packs: readonly Pack[]): string[] {
  return module.body.flatMap((stmt) =>
    stmt.k === 'import'
      ? packs
          .filter(({ uses }) => uses.test(stmt.source))
          .flatMap(({ routers }) => Object.keys(routers ?? {}).map(lastOf))
          .flatMap((name) => stmt.names.map(({ local }) => (local === '*' ? name : `${local}.${name}`)))
      : [],
  )
}

// What a module calls what it imports of frameworks (`import Koa from 'koa'`, `const Router = require('koa-router')`), of Python what is named like it.
function importedAs(module: Module, packs: readonly Pack[]): string[] {
  if (module.language !== 'javascript') return namesAlike(module, packs)
  return module.body.flatMap((stmt) => {
    if (stmt.k === 'import' && packs.some(({ uses }) => uses.test(stmt.source)))
      return stmt.names.flatMap(({ local, imported }) =>
        imported === null || imported === 'default' || imported === 'Router' ? [local] : [],
      )
    const source =
      stmt.k === 'let' &&
      stmt.target.k === 'name' &&
      stmt.value?.k === 'call' &&
      stmt.value.callee.k === 'name'
        ? stmt.value.args[0]?.value
        : undefined
    return stmt.k === 'let' &&
      stmt.target.k === 'name' &&
      source?.k === 'str' &&
      packs.some(({ uses }) => uses.test(source.value))
      ? [stmt.target.name]
      : []
  })
}
