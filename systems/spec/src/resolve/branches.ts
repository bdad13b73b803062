import { Scope, union } from './values.ts'
import type { Value } from './values.ts'

/** A branch's own names. */
export class BranchScope extends Scope {
  override set(name: string, value: Value): void {
    this.declare(name, value)
  }
}

// What one branch put at the end of a list may be in it.
function longest([a, b]: readonly Value[]): Value | null {
  if (a?.t !== 'list' || b?.t !== 'list') return null
  const [short, long] = a.items.length < b.items.length ? [a, b] : [b, a]
  return short.isUnset === true || short.items.every((item, index) => item === long.items[index])
    ? long
    : null
}

/** After two branches a name stands for what either made of it. A branch that ended counts no more. */
export function merge(
  scope: Scope,
  then: Scope | null,
  otherwise: Scope | null,
  join: (values: readonly Value[]) => Value = union,
): void {
  const names = new Set([...(then?.names() ?? []), ...(otherwise?.names() ?? [])].map(([name]) => name))
  for (const name of names) {
    const before = scope.get(name)
    const a = then?.has(name) ? then.get(name) : then ? before : null
    const b = otherwise?.has(name) ? otherwise.get(name) : otherwise ? before : null
    const values = [a, b].filter((one) => one !== null)
    if (values.length > 0) scope.set(name, longest(values) ?? join(values))
    const [first, ...others] = [then, otherwise].flatMap((one) => one?.ownPlaceOf(name) ?? [])
    if (first) scope.notePlace(name, { site: first.site, from: [...first.from, ...others] })
  }
}
