import { headerOf } from './java-statics.ts'
import { constant } from './values.ts'
import type { Value } from './values.ts'

/** Names of headers that aiohttp has constants for (docs.aiohttp.org, "Headers"); null for any other. */
export function pythonConstant(path: string): Value | null {
  const name = /^aiohttp\.hdrs\.([A-Z][A-Z\d_]+)$/.exec(path)?.[1]
  if (name === undefined) return null
  const method = /^METH_([A-Z]+)$/.exec(name)?.[1]
  return constant(method === undefined ? headerOf(name) : method === 'ANY' ? '*' : method)
}
