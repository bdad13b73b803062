import type { Atom, Condition } from '../facts/condition.ts'
import { whole } from '../facts/expression.ts'
import type { Credential } from '../facts/fact.ts'
import { distinctCredentials } from '../packs/credentials.ts'
import { allOf } from '../resolve/conditions.ts'
import type { Site } from '../resolve/values.ts'
import type { Answer } from './observation.ts'

/** A header or a query that is not named for who calls. */
const part = /^(header|query)\.((?!.*(?:auth|token|session|jwt|user|secret))[\w-]+)$/i
/** What the program holds for all requests: a setting, a text. */
const held =
  /^\(?(?:(?:process\.env|os\.environ|os\.getenv|System\.getenv)\b|(?:\w+\.)*(?:config|settings?|env|options)\.[\w.]+$|"[^"]*"$)/i
const compared = /^(\S+) (?:===?|!==?) (.+)$/

/** The part of the request that an atom compares with what the program holds; null where it asks for another thing. */
function keyIn({ subject, op, value }: Atom): string | null {
  if ((op === '==' || op === '!=') && typeof value === 'string' && value !== '')
    return part.test(subject) ? subject : null
  const [, left = '', right = ''] = compared.exec(whole(subject)) ?? []
  if (part.test(left) && held.test(right)) return left
  return part.test(right) && held.test(left) ? right : null
}

const rowsOf = ({ conditions }: Answer): Condition => allOf(conditions)

/**
 * Refusals of who lacks a key that all callers share: a header or a query that has to be what the program holds. They say nothing of who
 * calls. Among them is that the key is missing.
 */
export function keyRefusals(answers: readonly Answer[]): Answer[] {
  const refusing = answers.filter(
    (one) => one.isBefore === true && !one.isFramework && (one.status === 401 || one.status === 403),
  )
  const keys = new Set(
    refusing.flatMap((one) =>
      rowsOf(one)
        .flat()
        .flatMap((atom) => keyIn(atom) ?? []),
    ),
  )
  return keys.size === 0
    ? []
    : refusing.filter((one) => {
        const rows = rowsOf(one)
        return rows.length > 0 && rows.every((row) => isOfKey(row, keys))
      })
}

// A key is missing or another, and nothing else of the request is asked.
const isOfKey = (row: readonly Atom[], keys: ReadonlySet<string>): boolean =>
  row.some((atom) => keyIn(atom) !== null || keys.has(atom.subject)) &&
  row.every(
    (atom) =>
      keyIn(atom) !== null ||
      keys.has(atom.subject) ||
      !/\b(?:header|query|cookie|body|form|path)\./.test(whole(atom.subject)),
  )

/** The keys that refusals ask for. */
export const keysAsked = (answers: readonly Answer[]): Credential[] =>
  distinctCredentials(
    answers
      .flatMap((one) => rowsOf(one).flat())
      .flatMap((atom): Credential[] => {
        const [, place, name = ''] = part.exec(keyIn(atom) ?? '') ?? []
        if (place === 'header') return [{ in: 'header', name: name.toLowerCase(), scheme: '' }]
        return place === 'query' ? [{ in: 'query', name, scheme: '' }] : []
      }),
  )

/**
 * Refusals that say nothing of who calls: of who lacks a key that all callers share, and of a guard that wants a name and a password in the
 * body, by which callers sign in.
 */
export function ofNobody(answers: readonly Answer[]): Answer[] {
  const guards = answers
    .filter((one) => one.isBefore === true && one.status === 401 && isOfBody(one))
    .map(({ site }) => site)
  const isOf = (site: Site) =>
    guards.some(
      ({ module, start, end }) => site.module === module && site.start === start && site.end === end,
    )
  const signingIn =
    guards.length === 0
      ? []
      : answers.filter((one) => one.isBefore === true && [one.site, ...one.through].some(isOf))
  return [...keyRefusals(answers), ...signingIn]
}

const isOfBody = (answer: Answer): boolean => {
  const rows = rowsOf(answer)
  return (
    rows.length > 0 &&
    rows.every(
      (row) =>
        row.length > 0 && row.every(({ subject, op }) => op === 'absent' && /^body\.[\w-]+$/.test(subject)),
    )
  )
}
