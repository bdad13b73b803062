import { headerOf } from './java-statics.ts'
import { constant } from './values.ts'
import type { Value } from './values.ts'

/** Statuses that Werkzeug has an exception for (werkzeug.palletsprojects.com, "HTTP Exceptions"). */
const ofWerkzeug = [
  400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424,
  428, 429, 431, 451, 500, 501, 502, 503, 504, 505,
]

/**
 * Names of headers that aiohttp has constants for (docs.aiohttp.org, "Headers"), and by which statuses Werkzeug knows its exceptions, which programs put one handler
 * on after the other; null for any other.
 */
export function pythonConstant(path: string): Value | null {
  if (path === 'werkzeug.exceptions.default_exceptions')
    return { t: 'list', items: ofWerkzeug.map(constant), isOpen: false }
  const name = /^aiohttp\.hdrs\.([A-Z][A-Z\d_]+)$/.exec(path)?.[1]
  if (name === undefined) return null
  const method = /^METH_([A-Z]+)$/.exec(name)?.[1]
  return constant(method === undefined ? headerOf(name) : method === 'ANY' ? '*' : method)
}
