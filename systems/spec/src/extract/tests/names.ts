import type { Scope } from './values.ts'
import type { Expr } from '../../parse/ir.ts'
import { statusNamed } from '../../packs/status.ts'

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'])
const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)

/** The method that a name says: `get`, `POST`, `postForEntity`, `HttpMethod.PUT`, `MethodDelete`; null where it says none, or several. */
export function methodNamed(name: string): string | null {
  if (name === 'del') return 'DELETE'
  const found = wordsOf(name).filter((word) => methods.has(word))
  return found.length === 1 ? (found[0]?.toUpperCase() ?? null) : null
}

/** A method as a value: `"GET"`, and nothing besides. */
export const methodWritten = (text: string): string | null =>
  /^[A-Z]+$/.test(text) && methods.has(text.toLowerCase()) ? text : null

/** Names that are a method and nothing else. */
export const isMethod = (name: string) => name === 'del' || methods.has(name.toLowerCase())

/** What a matcher's or an assertion's name says of a status: `isNotFound`, `assert404`, `assert_http_bad_request`. */
export function statusAsserted(name: string): number | null {
  const bare = name.replace(/^(?:is|has|to|be|should|assert|expect|check|require|verify)+_?/i, '')
  if (bare === name) return null
  const rest = bare.replace(/^(?:is|be|response|http|status|code)*_?/i, '')
  const digits = /^(?:_?)([1-5]\d\d)(?!\d)/.exec(rest)?.[1]
  if (digits) return Number(digits)
  return rest === '' ? null : statusNamed(rest)
}

export const isStatus = (value: number) => Number.isInteger(value) && value >= 100 && value < 600

export const readsStatus = (name: string) =>
  /^(?:status|status_?code|code|get_?(?:raw)?status(?:code)?(?:value)?|getstatusinfo)$/i.test(name)
export const saysEqual = (name: string) =>
  /^(?:be|tobe|is|eq|eql|equals?|same|.*equals?(?:to|_to)?|.*equal|deepequal|isequalto|issameas|.*same)$/i.test(
    name,
  ) && !/not|greater|less/i.test(name)
export const saysExpect = (name: string) =>
  /^(?:[Ee]xpect|Ω|assertThat|assertWithMessage|should|verify|assume)$/.test(name)
export const saysStatus = (name: string) => /status|code/i.test(name)

/** Go: the function that handles requests, as code names it: `list`, `api.list`, `newList(db)`, `http.HandlerFunc(list)`. */
export function handlerNamed(e: Expr, scope: Scope): string {
  const [first] = e.k === 'call' && nameOf(e.callee) === 'HandlerFunc' ? e.args : []
  return first ? handlerNamed(first.value, scope) : e.k === 'name' ? scope.handlerOf(e.name) : nameOf(e)
}

/** The last name of what is called or named. */
export function nameOf(e: Expr): string {
  if (e.k === 'name' || e.k === 'member') return e.name
  return e.k === 'call' ? nameOf(e.callee) : ''
}
