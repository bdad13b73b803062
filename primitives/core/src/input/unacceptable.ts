/** What no input may hold, wherever it stands. */
export interface Unacceptable {
  /** Where: names and indexes on the way to it. */
  path: string[]
  /** What is wrong and what to do about it, as the end of a sentence that begins with the place. */
  message: string
}

const deepest = 64

/**
 * The one rule for everything that comes from outside, before any schema is asked: no NUL and no half character in a text or a
 * name, no number beyond what a double counts exactly (2^53 − 1), no nesting deeper than 64. Null when all is well.
 */
export function findUnacceptable(value: unknown): Unacceptable | null {
  return search(value, 0)
}

function search(value: unknown, depth: number): Unacceptable | null {
  if (typeof value === 'string') {
    const fault = textFault(value)
    return fault === null ? null : { path: [], message: fault }
  }
  if (typeof value === 'number') {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? null : { path: [], message: numberFault }
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return null
  if (depth >= deepest) return { path: [], message: depthFault }
  for (const [name, inner] of Object.entries(value)) {
    const nameFault = textFault(name)
    if (nameFault !== null) return { path: [], message: `has a field whose name ${nameFault}` }
    const fault = search(inner, depth + 1)
    if (fault) return { ...fault, path: fault.message === depthFault ? [] : [name, ...fault.path] }
  }
  return null
}

const numberFault = 'is no number that can be worked with; send one between −(2^53 − 1) and 2^53 − 1'
const depthFault = `is nested deeper than ${deepest} levels; send it flatter`

/** Neither a NUL nor half of a pair of UTF-16 units has a form that databases, files and other programs take. */
function textFault(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL (U+0000), which no text may; leave it out'
  return text.isWellFormed() ? null : 'holds half a character (a lone surrogate); send whole characters'
}
