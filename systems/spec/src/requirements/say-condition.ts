import { unknownCaller, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'

const roots: Record<string, string> = {
  path: 'path parameter',
  query: 'query parameter',
  header: 'header',
  cookie: 'cookie',
  form: 'form field',
  body: 'body’s field',
}

/** How a spec says that it does not tell when something happens: of a part of a condition, and of all of it. Two such sentences may be of two cases. */
export const untold = { part: 'something holds that is not told here', whole: 'can not be done' } as const

/** A condition in words: `the query parameter limit is above 100`; empty where it always holds. */
export function sayCondition(condition: Condition): string {
  if (condition.length === 0 || condition.some((row) => row.length === 0)) return ''
  // What is told apart by more than is shown of it reads the same.
  const rows = condition.map((row) => [...new Set(row.map(sayAtom))].join(' and '))
  return [...new Set(rows)].join(', or ')
}

function sayAtom({ subject, op, value }: Atom): string {
  if (subject === unsaid.subject) return untold.part
  if (subject === unknownCaller.subject) return `the caller is ${op === 'false' ? 'not ' : ''}signed in`
  const tried = /^(.*) failed$/.exec(subject)?.[1]
  if (tried !== undefined && (op === 'present' || op === 'absent')) {
    const isPlace = roots[tried] !== undefined && tried !== 'body'
    const what = isPlace ? `the ${roots[tried]}s` : saySubject(tried)
    const can = op === 'present' ? 'can not' : 'can'
    return tried === 'body' || isPlace
      ? `${what} ${can} be read`
      : `${what} ${op === 'present' ? 'fails' : 'does not fail'}`
  }
  if (subject === 'request') return `the request ${op === 'false' ? 'does not fit' : 'fits'} what is declared`
  const what = saySubject(subject)
  const says = Array.isArray(value) ? value.map(sayValue).join(', ') : sayValue(value ?? null)
  switch (op) {
    case '==':
      return `${what} is ${says}`
    case '!=':
      return `${what} is not ${says}`
    case '<':
      return `${what} is less than ${says}`
    case '<=':
      return `${what} is at most ${says}`
    case '>':
      return `${what} is greater than ${says}`
    case '>=':
      return `${what} is at least ${says}`
    case 'in':
      return `${what} is one of ${says}`
    case 'not-in':
      return `${what} is none of ${says}`
    case 'matches':
      return `${what} matches ${says}`
    case 'not-matches':
      return `${what} does not match ${says}`
    case 'present':
      return `${what} is there`
    case 'absent':
      return `${what} is missing`
    case 'true':
      return `${what} holds`
    case 'false':
      return `${what} does not hold`
  }
}

/** A value of the request by its place and name; an expression of the code as code. */
function saySubject(subject: string): string {
  const match = /^(path|query|header|cookie|form|body)\.([\w.[\]-]+)$/.exec(subject)
  if (!match) return subject === 'body' ? 'the body' : `\`${shown(subject)}\``
  return `the ${roots[match[1] ?? ''] ?? ''} ${match[2] ?? ''}`
}

function sayValue(value: string | number | boolean | null): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
