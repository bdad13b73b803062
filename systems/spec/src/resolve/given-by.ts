import { inOneLine } from '../facts/expression.ts'
import type { Class, Func, Module } from '../parse/ir.ts'

const maxCall = 60

/**
 * Java: an expression of a variable by the call that the variable holds what it gave, where it was set once: `found.isEmpty()` as `loans.find(id).isEmpty()`. The
 * text itself where that is not so.
 */
export function givenBy(module: Module, at: number, text: string): string {
  const [, sign = '', name = '', rest = ''] = /^(!?)([a-z]\w*)((?:\.\w+(?:\([^()]*\))?)*)$/.exec(text) ?? []
  if (module.language !== 'java' || name === '') return text
  const fn = functionAround(module, at)
  if (!fn) return text
  const code = module.text.slice(fn.headEnd, fn.end)
  const set = [...code.matchAll(new RegExp(String.raw`(?<![\w.])${name}\s*=(?!=)\s*([^;]*);`, 'g'))]
  const value = set.length === 1 ? inOneLine(set[0]?.[1] ?? '') : ''
  const [, callee = '', args = ''] = /^((?:this\.)?[a-z]\w*(?:\.\w+)*)\((.*)\)$/.exec(value) ?? []
  // One call alone, not one of what another gave.
  if (callee === '' || !isBalanced(args)) return text
  const short = `${callee}(${args.length + callee.length > maxCall || /[{}"]|->/.test(args) ? '…' : args})`
  return short.length > maxCall ? text : `${sign}${short}${rest}`
}

function isBalanced(text: string): boolean {
  let depth = 0
  for (const char of text) {
    if (char === '(') depth++
    if (char === ')' && --depth < 0) return false
  }
  return depth === 0
}

const functions = new WeakMap<Module, Func[]>()

// The method of a class that a place is in, the innermost first.
function functionAround(module: Module, at: number): Func | null {
  const known =
    functions.get(module) ?? module.body.flatMap((stmt) => (stmt.k === 'class' ? methodsOf(stmt.cls) : []))
  functions.set(module, known)
  return known.find(({ start, end }) => start <= at && at < end) ?? null
}

const methodsOf = ({ members, inner }: Class): Func[] => [...inner.flatMap(methodsOf), ...members]
