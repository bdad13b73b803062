import type { Atom, Condition } from '../facts/condition.ts'
import type { Fact } from '../facts/fact.ts'
import { saysKey } from './says.ts'

/** Java's `Optional`: what gives what is in it. */
const given = /\.(?:orElseThrow(?:\(\))?|get\(\)|orElse\(null\))(?=[.\s,)\]]|$)/g
const isThere = /^(.*)\.is(Present|Empty)\(\)$/
/** A list of one thing, and what is looked for in it. */
const within = /^\[([^,[\]]+)\]\.includes\((.+)\)$/

/** Expressions that hold what may be missing, by what else code asks of them: a list may be empty too, and is not missing then. */
export function holdersIn(facts: readonly Fact[]): ReadonlySet<string> {
  const subjects = facts.flatMap(({ condition }) => condition.flat().map(({ subject }) => subject))
  const asked = new Set(subjects.flatMap((one) => isThere.exec(one)?.[1] ?? []))
  const isHolder = (one: string) =>
    subjects.some((subject) =>
      ['.get()', '.orElse', '.isPresent()'].some((taking) => subject.includes(`${one}${taking}`)),
    )
  return new Set([...asked].filter(isHolder))
}

/**
 * A condition in which what asks the same is written alike: of what may be missing what is asked of it however it is taken out, and of a list of one thing what is asked
 * of that.
 */
export const askedAlike = (condition: Condition, holders: ReadonlySet<string>): Condition =>
  condition.map((row) => row.map((atom) => alike(atom, holders)))

function alike(atom: Atom, holders: ReadonlySet<string>): Atom {
  const { subject, op, value } = atom
  if (op === 'true' || op === 'false') {
    const [, only = '', of = ''] = within.exec(subject) ?? []
    if (only !== '') return { ...atom, subject: `${of} == ${only}` }
    const [, asked = '', what = ''] = isThere.exec(subject) ?? []
    if (holders.has(asked))
      return { subject: taken(asked), op: (op === 'true') === (what === 'Present') ? 'present' : 'absent' }
  }
  const [one, ...more] = Array.isArray(value) ? value : []
  if ((op === 'in' || op === 'not-in') && one !== undefined && more.length === 0)
    return { subject: taken(subject), op: op === 'in' ? '==' : '!=', value: one }
  const plain = taken(subject)
  return plain === subject ? atom : { ...atom, subject: plain }
}

// What is cut short goes by the whole of it.
const taken = (subject: string): string => (subject.startsWith('‹') ? subject : subject.replaceAll(given, ''))

/**
 * Of errors of both sides that are the same but for when they come, whether what one says and the other does not is only what is known of what fails: which call
 * that is depends on what else is tried beside it.
 */
export function failingAlike(
  old: readonly Fact[],
  now: readonly Fact[],
  keyOf: (fact: Fact) => string,
): (was: Fact | null, is: Fact | null) => boolean {
  const isOfFailing = (row: Condition[number]) =>
    row.some(({ subject }) => / failed(?: == .*)?$/s.test(subject))
  const keysOf = (all: readonly Fact[], isIt: (fact: Fact) => boolean) =>
    new Set(all.flatMap((one) => (one.kind === 'error' && isIt(one) ? keyOf(one) : [])))
  const sides = (all: readonly Fact[]) => ({
    told: keysOf(all, ({ condition }) => condition.some(isOfFailing)),
    open: keysOf(all, ({ grade }) => grade === 'open'),
  })
  // Where both say what fails, another one is another case.
  const onOne = (): ReadonlySet<string> => {
    const [before, after] = [sides(old), sides(now)]
    const only = (one: typeof before, other: typeof before) =>
      [...one.told].filter((key) => !other.told.has(key) && other.open.has(key))
    return new Set([...only(before, after), ...only(after, before)])
  }
  let keys: ReadonlySet<string> | null = null
  const rest = (fact: Fact | null): string | null => {
    if (fact === null) return ''
    if (fact.kind !== 'error') return null
    keys ??= onOne()
    if (!keys.has(keyOf(fact))) return null
    const left = fact.grade === 'open' ? [] : fact.condition.filter((row) => !isOfFailing(row))
    return left.length === 0 ? '' : saysKey({ ...fact, grade: 'proved', operation: '', condition: left })
  }
  return (was, is) => {
    const known = rest(was)
    return known !== null && known === rest(is)
  }
}
