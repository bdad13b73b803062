import type { Func } from '../parse/ir.ts'
import type { Lookup } from './lookup.ts'
import { each } from './values.ts'
import type { FuncValue, Value } from './values.ts'

/** Functions that were given to one another, and of which the last leads to a router. */
const maxGiven = 3

/** Whether a value is a thing of a framework, or a thing of the repository's own that keeps one. */
export const holdsPack = (value: Value): boolean =>
  each(value).some(
    (one) =>
      one.t === 'pack' || (one.t === 'object' && [...one.props.values()].some(({ t }) => t === 'pack')),
  )

/**
 * Whether a function of JavaScript is one of those that lead to routers, or says the name of one, of a method that is one, or of a router: what a program starts
 * once its database is there.
 *
 * @param leading the functions that lead to routers
 */
export function leads(of: FuncValue, leading: ReadonlySet<Func>, lookup: Lookup, depth = 0): boolean {
  if (leading.has(of.fn)) return true
  const text = of.module.text.slice(of.fn.start, of.fn.end)
  return [...text.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?/g)].some(
    ([, name = '', member]) => {
      const value = of.scope.get(name)
      if (!value) return false
      if (value.t === 'func')
        return (
          leading.has(value.fn) ||
          (depth < maxGiven && value.fn.name === '' && leads(value, leading, lookup, depth + 1))
        )
      const ref =
        value.t === 'object' || value.t === 'symbol' ? value.ref : value.t === 'class' ? value.ref : null
      const method = ref && member !== undefined ? lookup.method(ref, member) : null
      return (method !== null && leading.has(method.fn)) || holdsPack(value)
    },
  )
}
