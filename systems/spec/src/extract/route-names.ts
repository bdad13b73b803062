import { textOf } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'

/** Paths of routes by the names that frameworks of Python give them, and each also by what stands behind its last namespace. */
export type RouteNames = ReadonlyMap<string, ReadonlySet<string>>

export function routeNames(operations: readonly FoundOperation[]): RouteNames {
  const found = new Map<string, Set<string>>()
  const keep = (name: string, path: string) => void found.set(name, (found.get(name) ?? new Set()).add(path))
  for (const { names = [], endpoint, options, template } of operations) {
    const own = textOf(options.get('route_name'))
    for (const name of [
      ...names,
      ...(endpoint === undefined ? [] : [endpoint]),
      ...(own === null ? [] : [own]),
    ]) {
      keep(name, template.path)
      const [last] = name.split(':').slice(-1)
      if (last !== undefined && last !== name) keep(last, template.path)
    }
  }
  return found
}
