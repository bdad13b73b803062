import { unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { whole } from '../facts/expression.ts'
import type { Span } from '../parse/ir.ts'
import { isOfPrisma } from './node-database-errors.ts'
import type { Effect, Value } from './values.ts'
import { textOf } from './values.ts'

interface Tried {
  /** What the handler calls the error. */
  name: string
  /** That one of what is tried failed. */
  condition: Condition
  /** The one call that is tried. */
  at: Span | null
  /** What calls in it are documented to fail with. */
  documented: readonly Effect[]
}

/**
 * What a handler of JavaScript does by a code that one library alone gives: it comes of the calls of that library which are documented to fail so, and of no
 * other that is tried. Where none is known, and several may be it, that is asked.
 */
export function byLibrary(effects: readonly Effect[], tried: Tried): Effect[] {
  return effects.flatMap((effect) => {
    const codes = new Set(effect.conditions.flat(2).flatMap((atom) => codeIn(atom) ?? []))
    if (codes.size === 0 || !effect.conditions.includes(tried.condition)) return [effect]
    const others = leftWithout(effect.conditions)
    return [
      ...(others ? [{ ...effect, conditions: others }] : []),
      ...[...codes].flatMap((code) => ofCode(effect, code, tried)),
    ]
  })
}

function ofCode(effect: Effect, code: string, { name, condition, at, documented }: Tried): Effect[] {
  const from = documented.filter(({ value }) => codeOf(value) === code)
  if (from.length === 0) return [at ? effect : { ...effect, conditions: [...effect.conditions, [[unsaid]]] }]
  const isOfError = new RegExp(String.raw`(?<![\w.])${name}\b`)
  const asked: Condition[] = []
  for (const one of effect.conditions) {
    if (one === condition || one.some((row) => row.some((atom) => isNot(atom) && atom.value !== code)))
      continue
    const isOfCode = one.some((row) => row.some((atom) => codeIn(atom) !== null))
    const rows = one
      .filter((row) => row.some((atom) => codeIn(atom) === code))
      .map((row) => row.filter(({ subject }) => !isOfError.test(whole(subject))))
    // It asks for another one.
    if (isOfCode && rows.length === 0) return []
    if (!isOfCode) asked.push(one)
    else if (rows.every((row) => row.length > 0)) asked.push(rows)
  }
  return from.map((one) => ({
    ...effect,
    conditions: [...asked, ...one.conditions.filter((own) => !asked.includes(own)).map(known)],
  }))
}

// That it failed so says all.
const known = (condition: Condition): Condition =>
  condition.map((row) =>
    row.some(({ subject }) => / failed == P\d{4}$/.test(subject))
      ? row.filter(({ subject }) => subject !== unsaid.subject)
      : row,
  )

// What is done for another reason than a code; null where there is none.
function leftWithout(conditions: readonly Condition[]): Condition[] | null {
  const kept = conditions.map((one) =>
    one.some((row) => row.some((atom) => codeIn(atom) !== null))
      ? one.filter((row) => !row.some((atom) => codeIn(atom) !== null) && !isContrary(row))
      : one,
  )
  return kept.some((one) => one.length === 0) ? null : kept
}

// A helper says no to an error of the class that it asks for.
const isContrary = (row: readonly Atom[]): boolean =>
  row.some(({ op }) => op === 'absent' || op === 'false') &&
  row.some(({ subject, op }) => op === 'true' && / instanceof /.test(whole(subject)))

const isNot = ({ subject, op, value }: Atom) =>
  op === '!=' && isOfPrisma(value) && whole(subject).endsWith('.code')

const codeIn = ({ subject, op, value }: Atom): string | null =>
  op === '==' && isOfPrisma(value) && whole(subject).endsWith('.code') ? value : null

const codeOf = (value: Value | null): string | null =>
  value?.t === 'symbol' ? textOf(value.args.find(({ name }) => name === 'code')?.value) : null
