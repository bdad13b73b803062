import { z } from 'zod'
import { isDenied } from './entailed.ts'
import { identityOf, nameless, shown } from './expression.ts'

export const atomOperators = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not-in',
  'matches',
  'not-matches',
  'present',
  'absent',
  'true',
  'false',
] as const

const literal = z.union([z.string(), z.number(), z.boolean(), z.null()])

/**
 * One comparison. `subject` is a dotted path in the words of the code, its root standing for where the value comes from
 * (`path.slug`, `query.limit`, `header.authorization`, `body.user.email`), else an expression without layout (`user.isActive`, `findUser(path.id)`).
 * `present` and `absent` say that a thing is there or not (null, undefined, nil, None, an empty Optional); `true` and `false`
 * that an expression holds or not.
 */
export const atomSchema = z.object({
  subject: z.string(),
  op: z.enum(atomOperators),
  value: z.union([literal, z.array(literal)]).optional(),
  /** It is asked far from what comes of it: a sentence counts it and does not tell it (`extract/nearest.ts`). No part of what is asked. */
  isFar: z.literal(true).optional(),
})

/** Disjunctive normal form: any of the rows holds, of each row all. `[[]]` is always. */
export const conditionSchema = z.array(z.array(atomSchema))

export type AtomOperator = (typeof atomOperators)[number]
export type Atom = z.output<typeof atomSchema>
export type Condition = z.output<typeof conditionSchema>

export const always: Condition = [[]]

const opposites: Record<AtomOperator, AtomOperator> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not-in',
  'not-in': 'in',
  matches: 'not-matches',
  'not-matches': 'matches',
  present: 'absent',
  absent: 'present',
  true: 'false',
  false: 'true',
}

/** Stands for more that has to hold and is not said. */
export const unsaid: Atom = { subject: '?', op: 'true' }

/** Whoever asks is not signed in. */
export const unknownCaller: Atom = { subject: '@caller', op: 'false' }

/** The same, of a guard that asks it by `asks`: another one by other tests. */
export const unknownCallerBy = (asks: Condition): Atom => ({
  ...unknownCaller,
  subject: `@caller${identityOf(
    asks
      .map((row) =>
        row
          .map(({ subject, op, value }) => `${op} ${String(value)} ${nameless(subject)}`)
          .toSorted()
          .join('\n'),
      )
      .toSorted()
      .join('\n\n'),
  )}`,
})

export const isUnknownCaller = (subject: string): boolean => /^@caller(?:#\d+)?$/.test(subject)

/** A request that is refused by what is declared of it, before code sees it. */
export const unfit: Condition = [[{ subject: 'request', op: 'false' }]]

/** Whoever asks does so more often than is allowed. */
export const beyondLimit: Atom = { subject: '@limit', op: 'true' }

/** No check that stands before it refuses the request. */
export const unlessEarlier: Atom = { subject: '@earlier', op: 'false' }

/** A call gives an error instead of what is asked of it. */
export const failing = (call: string): Condition => [[{ subject: `${call} failed`, op: 'present' }]]

/** What a part of a request fits that is as the framework was told that it is. */
export const declared = 'what is declared'

/** A part of the request is not what something wants: a schema by its name, or one of `forms`. */
export const misfit = (part: string, of: string): Condition => [
  [{ subject: `${part} fits ${of}`, op: 'false' }],
]

/** Whoever asks has none of these roles or rights. */
export const withoutRole = (roles: readonly string[]): Atom => ({
  subject: '@role',
  op: 'not-in',
  value: [...roles],
})

export function negateAtom(atom: Atom): Atom {
  return { ...atom, op: opposites[atom.op] }
}

/** A setting by its name, where it is told apart from what code calls so. */
export const settingOf = (name: string): string => `@setting ${name}`

/** Whether it is asked of how the program is run: a profile, an environment, a setting. */
export const isOfProgram = ({ subject }: Pick<Atom, 'subject'>): boolean =>
  /^@(?:profile|environment|setting) /.test(subject)

/** What is asked, without what only a sentence needs. */
export const asAsked = (condition: Condition): Condition =>
  condition.some((row) => row.some(({ isFar }) => isFar))
    ? condition.map((row) => row.map(({ isFar: _isFar, ...atom }) => atom))
    : condition

/** Of an atom: all that it asks, and where it stands among others: as people read it, of two that look alike by all of it. */
interface Keyed {
  key: string
  opposite: string | null
  order: string | null
}

/** The same atoms are compared over and over. */
const keyed = new WeakMap<Atom, Keyed>()

const keyBy = ({ subject, value }: Atom, op: AtomOperator) => JSON.stringify([subject, op, value ?? null])

function keyedOf(atom: Atom): Keyed {
  const known = keyed.get(atom)
  if (known !== undefined) return known
  const made = { key: keyBy(atom, atom.op), opposite: null, order: null }
  keyed.set(atom, made)
  return made
}

/** All that an atom asks, as a text: the same of atoms that ask the same. */
export const keyOfAtom = (atom: Atom): string => keyedOf(atom).key

/** The key of an atom that asks the opposite. */
export function keyOfOpposite(atom: Atom): string {
  const own = keyedOf(atom)
  return (own.opposite ??= keyBy(atom, opposites[atom.op]))
}

// As people read them; of two that look alike by all of it.
const orderOf = (text: string) => `${shown(text)}\n${text}`
const orderOfAtom = (one: Keyed): string => (one.order ??= orderOf(one.key))

/** A long expression that is shown in part, by the number of the whole of it. */
const partly = /^‹([^‹›]*)#(\d+)›$/
const numbers = new WeakMap<Atom, string>()

function numberOf(atom: Atom): string {
  let known = numbers.get(atom)
  if (known === undefined) {
    known = atom.subject.startsWith('‹') ? (partly.exec(atom.subject)?.[2] ?? '') : ''
    numbers.set(atom, known)
  }
  return known
}

/** Whether one is a part of how the other is shown, of the same expression: `‹find(…).error#1›`, `‹open("x").find(it).error#1›`. */
function isShownAs(one: string, other: string): boolean {
  const [a = '', b = ''] = [partly.exec(one)?.[1], partly.exec(other)?.[1]]
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const parts = short.split('…')
  let at = 0
  for (const [index, part] of parts.entries()) {
    const found = index === parts.length - 1 && index > 0 ? long.lastIndexOf(part) : long.indexOf(part, at)
    if (found < at) return false
    at = found + part.length
  }
  return parts.length > 1 && at === long.length
}

/** With one expression by one name, where it is shown in several ways. */
function byOneName(row: readonly Atom[]): readonly Atom[] {
  const seen = new Map<string, Atom>()
  let isOther = false
  for (const atom of row) {
    const number = numberOf(atom)
    if (number === '') continue
    const first = seen.get(number)
    if (!first) seen.set(number, atom)
    else if (first.subject !== atom.subject) isOther = true
  }
  if (!isOther) return row
  return row.map((atom) => {
    const first = seen.get(numberOf(atom))
    if (!first || first.subject === atom.subject || !isShownAs(first.subject, atom.subject)) return atom
    return { ...atom, subject: first.subject }
  })
}

/** Whether all of some comparisons may hold at once, as far as values that are written in them say, and as what is missing has no parts. */
export function canHold(given: readonly Atom[]): boolean {
  if (given.length < 2) return true
  const atoms = byOneName(given)
  if (isDenied(atoms)) return false
  if (new Set(atoms.map(({ subject }) => subject)).size === atoms.length) return true
  return [...Map.groupBy(atoms, ({ subject }) => subject).values()].every((all) => {
    if (all.length < 2) return true
    const is = all.filter(({ op, value }) => op === '==' && value !== null)
    const [low, high] = [Math.max(...all.map(lowest)), Math.min(...all.map(highest))]
    const isBetween = all.some(
      ({ op, value }) => (op === '>' || op === '<') && (value === low || value === high),
    )
    return (
      !all.some((atom) => all.some((other) => isOpposite(atom, other))) &&
      !(is.length > 0 && all.some(({ op }) => op === 'absent')) &&
      !is.some(({ value }) => all.some((other) => refuses(other, value))) &&
      (low < high || (low === high && !isBetween))
    )
  })
}

const isOpposite = (atom: Atom, other: Atom): boolean =>
  other.op === opposites[atom.op] && JSON.stringify(atom.value) === JSON.stringify(other.value)

const lowest = ({ op, value }: Atom) =>
  typeof value === 'number' && (op === '>' || op === '>=' || op === '==') ? value : -Infinity
const highest = ({ op, value }: Atom) =>
  typeof value === 'number' && (op === '<' || op === '<=' || op === '==') ? value : Infinity

// Whether a comparison does not hold of a value.
function refuses({ op, value }: Atom, of: Atom['value']): boolean {
  if (of === undefined || Array.isArray(of)) return false
  if (op === '==') return value !== of && typeof value === typeof of
  if (op === 'in') return Array.isArray(value) && !value.includes(of)
  return op === 'not-in' && Array.isArray(value) && value.includes(of)
}

/**
 * Sorted, without repetition, rows that can not hold or that another row implies; equal conditions come out with equal bytes. A
 * condition that can't hold comes out as `[]`. What is unsaid is left out, which makes a condition weaker; `keepsUnsaid` has it last in
 * its row, for what follows from the whole of a condition only.
 */
export function normalizeCondition(condition: Condition, { keepsUnsaid = false } = {}): Condition {
  const rows: { keys: Set<string>; atoms: Atom[] }[] = []
  for (const row of condition) {
    const atoms = new Map<string, Atom>()
    for (const atom of byOneName(row)) if (atom.subject !== unsaid.subject) atoms.set(keyOfAtom(atom), atom)
    const sorted = [...atoms.values()]
    if (!canHold(sorted)) continue
    if (sorted.length > 1) sorted.sort(byOrder)
    if (keepsUnsaid && row.some(({ subject }) => subject === unsaid.subject)) {
      sorted.push(unsaid)
      atoms.set(keyOfAtom(unsaid), unsaid)
    }
    rows.push({ keys: new Set(atoms.keys()), atoms: sorted })
  }
  if (rows.length < 2) return rows.map(({ atoms }) => atoms)
  return rows
    .filter((row, at) => !rows.some((other, otherAt) => isSaidBy(row, at, other, otherAt)))
    .map(({ atoms }) => ({ atoms, order: orderOfRow(atoms) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ atoms }) => atoms)
}

/** Where a row stands among the rows of a condition in normal form. */
export const orderOfRow = (row: readonly Atom[]): string => orderOf(JSON.stringify(row))

const byOrder = (a: Atom, b: Atom) => (orderOfAtom(keyedOf(a)) < orderOfAtom(keyedOf(b)) ? -1 : 1)

// Whether another row holds wherever one does.
function isSaidBy(
  { keys }: { keys: ReadonlySet<string> },
  at: number,
  { keys: other }: { keys: ReadonlySet<string> },
  otherAt: number,
): boolean {
  if (at === otherAt || other.size > keys.size || (other.size === keys.size && otherAt > at)) return false
  for (const key of other) if (!keys.has(key)) return false
  return true
}
