import type { Func } from '../parse/ir.ts'
import type { FuncValue, Scope, Value } from './values.ts'
import { isSame, symbol, union } from './values.ts'

/** By where a function is made: what a program of Python puts on it while it begins. */
const put = new WeakMap<Scope, Map<Func, Map<string, Value>>>()

/** Puts something on a function of Python (`view.is_open = True`); `isSure`: in any case. */
export function putOnFunction({ fn, scope }: FuncValue, name: string, value: Value, isSure: boolean): void {
  const functions = put.get(scope) ?? new Map<Func, Map<string, Value>>()
  put.set(scope, functions)
  const parts = functions.get(fn) ?? new Map<string, Value>()
  functions.set(fn, parts)
  const before = parts.get(name)
  const given = isSure ? value : symbol('?', `${fn.name}.${name}`)
  parts.set(name, !before || isSame(before, given) ? given : union([before, given]))
}

/** What was put on a function; a wrapper has what the function has that it wraps (docs.python.org, "functools.update_wrapper"). Null where nothing was. */
export function attributeOf({ fn, scope, module }: FuncValue, name: string): Value | null {
  const own = put.get(scope)?.get(fn)?.get(name)
  if (own) return own
  if (!/\bwraps\(/.test(module.text.slice(fn.start, fn.headEnd))) return null
  for (const [, value] of scope.names()) {
    const found = value.t === 'func' && value.fn !== fn ? attributeOf(value, name) : null
    if (found) return found
  }
  return null
}
