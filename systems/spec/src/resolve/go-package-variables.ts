import type { Module } from '../parse/ir.ts'
import { plainType } from './go-plain-types.ts'
import { symbol } from './values.ts'
import type { Scope, Value } from './values.ts'

/** What was made by longer code than this is called by the name of the variable that holds it. */
const maxText = 24

/**
 * Go: what a variable of a package holds once a function set it. That may be done or not, and again: a flag is a setting, and a thing that code outside made is
 * told by its name, as people read it where it is asked for.
 */
export function ofPackage(name: string, value: Value, scope: Scope): Value {
  if (scope.module.language !== 'go') return value
  const isFlag = value.t === 'const' && typeof value.v === 'boolean'
  const isMade =
    value.t === 'symbol' &&
    value.ref === null &&
    value.text.length > maxText &&
    value.text.includes('(') &&
    /^(?:[\w.-]+\/)*[\w-]+\.[A-Z]\w*\(\)/.test(value.path)
  if (!(isFlag || isMade) || !isOfPackage(name, scope)) return value
  const text = `${scope.module.package}.${name}`
  if (isMade) return isThing(name, scope) ? { ...value, text } : value
  const before = scope.get(name)
  return before?.t === 'symbol' && before.text === text ? before : symbol('?', text)
}

// In a function, what none of the scopes up to the file's own has.
function isOfPackage(name: string, scope: Scope): boolean {
  let top = scope
  for (; top.parent; top = top.parent) if (top.has(name)) return false
  return top !== scope && top.knows(name)
}

// Declared without a value, as something else than a text, a number, or a list of such.
function isThing(name: string, { module }: Scope): boolean {
  for (const { type, value } of declared(module, name)) if (!value && type) return plainType(type) === null
  return false
}

const declared = ({ body }: Module, name: string) =>
  body.flatMap((stmt) =>
    stmt.k === 'let' && stmt.target.k === 'name' && stmt.target.name === name ? [stmt] : [],
  )
