import { constant, textOf } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'
import { unreadPrefix } from './path.ts'
import type { NamedOperation } from './named-operation.ts'
import type { Router } from './router.ts'

/** Finds an operation by its name, in the description that is written where the router is made, where that is known. */
export type NamedOperations = (name: string, file: string | null) => NamedOperation | null

export const noneNamed: NamedOperations = () => null

/** Under which name a router keeps where its description is, and what comes before those of its operations that ask for it. */
export const descriptionAt = '@description'
const securedBy = (name: string) => `@security ${name}`

/** Has a route that is made in steps go by what a description says of the name. */
export function beginNamed(route: Router, name: Value | undefined, find: NamedOperations): void {
  const text = textOf(name)
  const file = textOf(route.above?.settings.get(descriptionAt))
  const found = text === null ? null : find(text, file)
  route.described = found
  route.prefix = found ? constant(found.path.replaceAll(/\{([\w-]+)\}/g, ':$1')) : unreadPrefix
  if (found) route.methods = [found.method]
}

/** Keeps what comes before the operations that a description secures by a name, or without one before all. */
export function keepBefore(router: Router, name: string | null, handler: Value): void {
  const kept = router.settings.get(first)
  if (name !== null) router.settings.set(securedBy(name), handler)
  else router.settings.set(first, list([...(kept?.t === 'list' ? kept.items : []), handler]))
}
const first = '@first'
const list = (items: Value[]): Value => ({ t: 'list', items, isOpen: false })

/** What a router runs before all of its routes comes first wherever it is said, then what an operation is secured by. */
export function settleNamed(routers: readonly Router[]): void {
  for (const router of routers) {
    const before = router.settings.get(first)
    if (before?.t === 'list')
      router.entries.unshift({ kind: 'use', path: null, handlers: before.items, site: router.site })
    for (const entry of router.entries) {
      const { described, above } = router
      if (entry.kind !== 'route' || !described || !above) continue
      const [only, ...others] = described.security
      const handler = only === undefined ? undefined : above.settings.get(securedBy(only))
      // Of several any may do.
      if (handler && others.length === 0) entry.handlers.unshift(handler)
    }
  }
}
