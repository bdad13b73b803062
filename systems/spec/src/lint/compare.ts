import { intersects, readComparison } from './interval.ts'
import type { Interval } from './interval.ts'
import type { Statement } from './statement.ts'
import { oppositeVerbs } from './words.ts'

/** A condition by what it asks, apart from its number. */
export interface ClauseForm {
  /** Words in their stems, `#` for a comparison. */
  words: string
  interval: Interval | null
  /** A value in quotes or capitals that the clause asks for. */
  value: string | null
}

const fillers = new Set(
  'a an the that this these those of to in on at for with by its their his her be is are was were been has have had then and also it they when if while where shall must will there which who as into from'.split(
    ' ',
  ),
)

/** Words of a text in their stems, without those that say nothing; numbers stay. */
export function stems(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d#_]+(?:[.'-][\p{L}\d]+)*/gu) ?? [])
    .filter((word) => !fillers.has(word))
    .map((word) => (word.length > 4 && /^[a-z]+$/.test(word) ? stem(word) : word))
}

function stem(word: string): string {
  const base = word.replace(/(?:ies)$/, 'y').replace(/(?:ing|ed|es|s|ly)$/, '')
  return (base.length < 3 ? word : base).replace(/e$/, '').replace(/(.)\1$/, '$1')
}

const valueForm =
  /["“'‘]([^"”'’]{1,40})["”'’]|(?<=\b(?:is|are|equals|to|as|status|state|role|type|mode)\s+)([A-Z][A-Z_]{2,})\b/

export function readClauses(statement: Statement): ClauseForm[] {
  return statement.clauses
    .map(({ text }): ClauseForm => {
      const comparison = readComparison(text)
      if (comparison)
        return { words: stems(comparison.around).join(' '), interval: comparison.interval, value: null }
      const value = valueForm.exec(text)
      if (!value) return { words: stems(text).join(' '), interval: null, value: null }
      const around = `${text.slice(0, value.index)} # ${text.slice(value.index + value[0].length)}`
      return {
        words: stems(around).join(' '),
        interval: null,
        value: (value[1] ?? value[2] ?? '').toLowerCase(),
      }
    })
    .toSorted((a, b) => (a.words < b.words ? -1 : 1))
}

/** Whether two statements hold at one time in the very same case: the same clauses, their ranges and values meeting. */
export function meet(a: readonly ClauseForm[], b: readonly ClauseForm[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, at) => {
      const other = b[at]
      if (other?.words !== one.words || other.value !== one.value) return false
      if (one.interval && other.interval) return intersects(one.interval, other.interval)
      return one.interval === other.interval
    })
  )
}

/** `HTTP 404`, `status code 404`, `respond with 404`, `return a 404`: a number that is a status by what stands before it. */
const statusForm =
  /\b(?:https?|status(?: code)?|respon[ds]\w*|answer\w*|repl\w+|returns?|rejects?|rejected|errors?|code)\b(?:\s+(?:is|with|by|as|of|be|an?|the|http|status|code|error|it|shall|must))*[\s:=(]*([1-5]\d\d)(?!\.?\d|\s*(?:ms|milliseconds?|s|seconds?|minutes?|px|[kmg]b|%|characters?|chars|items?|bytes?|times|rows?|results?|records?|requests?|files?|lines?|tokens?)\b)/gi

export function statuses(text: string): Set<string> {
  return new Set([...text.matchAll(statusForm)].map((match) => match[1] ?? ''))
}

/** `answer 401 to a caller who is not signed in`: the response says itself of whom. */
export const ofSome = /\bto (?:an?|any|every|all|each)\s+[\w-]+(?:\s+[\w-]+)?\s+(?:who|that|which|without)\b/i

/** Why two responses to one case can't both be given; null where they can. */
export function incompatible(a: Statement, b: Statement): string | null {
  if (ofSome.test(a.response) !== ofSome.test(b.response)) return null
  const [left, right] = [statuses(a.response), statuses(b.response)]
  const isOfCase =
    a.clauses.length > 0 ||
    stems(a.response.replaceAll(/\d+/g, '')).join() === stems(b.response.replaceAll(/\d+/g, '')).join()
  if (isOfCase && left.size > 0 && right.size > 0 && ![...left].some((one) => right.has(one)))
    return `${[...left].join(', ')} and ${[...right].join(', ')}`
  if (a.source !== b.source || !sameSubject(a, b)) return null
  const [one, other] = [stems(a.response), stems(b.response)]
  const isSameText = one.join(' ') === other.join(' ')
  if (isSameText) return a.isNegative === b.isNegative ? null : 'it shall and it shall not'
  const [bareA, bareB] = [withoutNot(one), withoutNot(other)]
  if (bareA.text === bareB.text && (bareA.isNot !== a.isNegative) !== (bareB.isNot !== b.isNegative))
    return 'it does and it does not'
  if (a.isNegative !== b.isNegative) return null
  const numbers = differentNumbers(one, other)
  if (numbers) return numbers
  const values = differentValues(a.response, b.response)
  if (values) return values
  return opposite(one, other)
}

const sameSubject = (a: Statement, b: Statement) => stems(a.subject).join(' ') === stems(b.subject).join(' ')

function withoutNot(words: readonly string[]) {
  const kept = words.filter((word) => word !== 'not' && word !== 'never' && word !== 'no')
  return { text: kept.join(' '), isNot: kept.length % 2 !== words.length % 2 }
}

/** The same words with other numbers in them: `after 5 minutes` and `after 15 minutes`. */
function differentNumbers(a: readonly string[], b: readonly string[]): string | null {
  if (a.length !== b.length || a.length < 3) return null
  const at = a.findIndex((word, n) => word !== b[n])
  const isNumber = (word: string | undefined) =>
    word !== undefined && /^\d[\d.-]*(?:s|ms|kb|mb|px)?$/.test(word)
  const isOnlyNumbers = a.every((word, n) => word === b[n] || (isNumber(word) && isNumber(b[n])))
  return isOnlyNumbers ? `${a[at] ?? ''} and ${b[at] ?? ''}` : null
}

/** `set the state to "open"` and `… "closed"`: what has one value at a time. */
function differentValues(a: string, b: string): string | null {
  const [left, right] = [valueForm.exec(a), valueForm.exec(b)]
  if (!left || !right) return null
  const cut = (text: string, match: RegExpExecArray) =>
    stems(`${text.slice(0, match.index)} # ${text.slice(match.index + match[0].length)}`).join(' ')
  const [valueA, valueB] = [left[1] ?? left[2] ?? '', right[1] ?? right[2] ?? '']
  const isOneValued =
    /\b(?:sets?|changes?|transitions?|becomes?|marks?|redirects?|defaults?|returns?|responds?|answers?)\b/i.test(
      a,
    )
  return isOneValued && valueA !== valueB && cut(a, left) === cut(b, right)
    ? `"${valueA}" and "${valueB}"`
    : null
}

const opposites = oppositeVerbs.map(([a, b]) => [stems(a)[0] ?? a, stems(b)[0] ?? b] as const)

/** Opposite verbs before the same words. */
function opposite(a: readonly string[], b: readonly string[]): string | null {
  const [verbA = '', ...restA] = a
  const [verbB = '', ...restB] = b
  const isPair = opposites.some(([x, y]) => (x === verbA && y === verbB) || (x === verbB && y === verbA))
  return isPair && restA.join(' ') === restB.join(' ') ? `${verbA} and ${verbB}` : null
}
