import type { Condition } from '../facts/condition.ts'
import type { Expr, Module, Stmt } from '../parse/ir.ts'
import type { Effect, Value } from './values.ts'

/** Calls of Python that raise no `KeyError` by themselves. */
const keyless =
  /^(?:int|str|float|bool|len|list|dict|tuple|set|isinstance|strip|lstrip|rstrip|split|lower|upper|replace|startswith|endswith|get|getlist|get_json|json|to_dict|append)$/

/**
 * Python: what `except KeyError` catches where all that is tried takes parts of the request by their names (`request.json["name"]`): one of these is missing.
 * Null where something else may raise it. `own` has what the code that is tried did.
 */
export function missingKeys(
  tried: readonly Stmt[],
  types: readonly Value[],
  own: readonly Effect[],
  module: Module,
): Condition | null {
  if (types.length === 0 || !types.every((type) => type.t === 'symbol' && type.path === 'KeyError'))
    return null
  const taken: Expr[] = []
  let isOther = false
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) {
      for (const one of node) visit(one)
      return
    }
    const e = node as Expr
    if (e.k === 'index') taken.push(e)
    if (e.k === 'call') {
      const { callee } = e
      const name = callee.k === 'name' || callee.k === 'member' ? callee.name : ''
      isOther ||= !keyless.test(name)
    }
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value)
  }
  visit(tried)
  if (isOther || taken.length === 0) return null
  const subjects = taken.map((e) => {
    const effect = own.find(
      ({ kind, site }) =>
        (kind === 'read' || kind === 'body-field') &&
        site.module === module &&
        site.start === e.start &&
        site.end === e.end,
    )
    if (!effect) return null
    const { in: place, name, path } = effect.note
    return effect.kind === 'read'
      ? `${String(place)}.${String(name)}`
      : ['body', ...(path as string[])].join('.')
  })
  if (subjects.includes(null)) return null
  return [...new Set(subjects)].map((subject) => [{ subject: subject ?? '', op: 'absent' }])
}
