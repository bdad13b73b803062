import type { Atom, Condition } from '../facts/condition.ts'
import { keyOfAtom, negateAtom, unsaid } from '../facts/condition.ts'
import { onceFor } from '../facts/once-for.ts'
import { askedPlainly } from './asked-plainly.ts'
import type { Constraint } from '../facts/shape.ts'

import type { Site } from '../resolve/values.ts'
import { resolved } from '../resolve/conditions.ts'
import { placesOf } from '../resolve/places.ts'
import { untold } from '../resolve/told.ts'
import { meaningOf } from '../resolve/when.ts'

/** What code refuses of one input of a request, by an answer of 400 or 422. */
export interface CheckedInput {
  in: 'path' | 'query' | 'header' | 'cookie' | 'form' | 'body'
  /** Of a body: the path to the field. */
  name: string
  isRequired: boolean
  isInteger: boolean
  /** Code refuses what is no list. */
  isList?: boolean
  constraints: Constraint[]
  /** The answers that refuse it. */
  sites: Site[]
}

/** What a function that gives an error gives it for, of its one parameter: its bounds as a text. `ways` are what it gives, with when. */
export function refusedTexts(
  ways: readonly { isError: boolean; conditions: readonly Condition[]; site: Site }[],
  parameter: string,
): Constraint[] {
  const name = 'text'
  const found = checkedInputs(
    {
      answers: ways.filter(({ isError }) => isError).map((way) => ({ ...way, status: 400 })),
      given: [],
    },
    new Map([[parameter, { in: 'query', name }]]),
  )
  return found.flatMap(({ constraints }) => constraints)
}

const refusing = new Set([400, 422])
const maxRows = 32
/** Rows past which none are put together that differ in one atom. */
const maxResolved = 6
/** Ways in which one operation refuses past which no call is looked into. */
const maxCases = 200
/** Conditions that a refusal hangs on past which it is not looked into. */
const maxOpen = 5

/** One way in which a request is refused, and all that then holds. */
interface Refusal {
  conditions: readonly Condition[]
  site: Site
  status: number
  /** As `Answer.oneOf`. */
  oneOf?: unknown
}

// Of refusals of which one always comes the whole is one case: what is out of bounds is refused, by whichever status.
function together(refusals: readonly Refusal[]): Refusal[] {
  const groups = Map.groupBy(refusals, (one) => one.oneOf ?? one)
  return [...groups].flatMap(([key, group]) => {
    const one = group.find(({ status }) => refusing.has(status)) ?? group[0]
    return one && key !== one ? [{ ...one, conditions: one.conditions.slice(0, -1) }] : group
  })
}

/**
 * Bounds that code checks by itself: an answer of 400 or 422 that comes whenever an input is out of them. A check that comes only where
 * earlier ones passed counts, since what those refuse, by any status, is refused too; so does one in a function that gives an error which is answered. One
 * that hangs on anything else does not. What is `given` holds of every request that the function gets. `parameters` has the names of a function's
 * parameters that are inputs.
 */
export function checkedInputs(
  { answers, given }: { answers: readonly Refusal[]; given: readonly Condition[] },
  parameters: ReadonlyMap<string, { in: CheckedInput['in']; name: string }>,
): CheckedInput[] {
  const cases: Refusal[] = together(answers.filter(({ status }) => status >= 400)).map(
    ({ conditions, site, status }) => ({
      conditions: conditions.filter((one) => !given.includes(one)),
      site,
      status,
    }),
  )
  const asked = new Map(cases.map((one) => [one, '']))
  const passed = new Set<string>()
  const found = new Map<string, CheckedInput>()
  const take = (one: Refusal): void => {
    const whole = one.conditions.filter((each) => !isPassed(each, passed))
    // What hangs on more bounds nothing by itself; it may later, when more of it is known to hold.
    if (whole.length > maxOpen) return
    const open = whole.map((each) => reduced(each, passed))
    const key = open.map(conditionKey).join(' && ')
    // Nothing that it hangs on was told since.
    if (asked.get(one) === key) return
    const isFirst = asked.get(one) === ''
    asked.set(one, key)
    const [only] = open
    if (whole.length === 1 && whole[0] && only) {
      passed.add(conditionKey(untold(whole[0])))
      passed.add(conditionKey(untold(only)))
    }
    if (isFirst && asked.size < maxCases)
      for (const way of waysOf({ ...one, conditions: open })) asked.set(way, '')
    for (const left of rowsOf(open)) bind(left, one)
  }
  const bind = (left: readonly Atom[], { site, status }: Refusal): void => {
    const bounding = boundsIn(left)
    const [first] = bounding
    if (!first) return
    if (bounding.length === 1) passed.add(keyOfAtom(negateAtom(first)))
    // Several only where they rule out values of one thing, one by one.
    if (
      !refusing.has(status) ||
      !bounding.every((one) => one.subject === first.subject && (bounding.length === 1 || one.op === '!='))
    )
      return
    const isGo = site.module.language === 'go'
    const bound = boundOf(first, bounding, parameters, isGo && bounding.length === left.length)
    // Where it refuses, what it asks, and what gave that.
    if (bound) note(found, bound, [site, ...bounding.flatMap(placesOf)])
  }
  for (let size = -1; size !== passed.size;) {
    size = passed.size
    for (const one of asked.keys()) take(one)
  }
  return [...found.values()]
}

function note(
  found: Map<string, CheckedInput>,
  bound: Omit<CheckedInput, 'sites'>,
  sites: readonly Site[],
): void {
  const key = `${bound.in} ${bound.name}`
  const known = found.get(key)
  if (!known) {
    found.set(key, { ...bound, sites: [...sites] })
    return
  }
  known.isRequired ||= bound.isRequired
  known.isInteger ||= bound.isInteger
  if (bound.isList) known.isList = true
  for (const one of bound.constraints)
    if (!known.constraints.some((other) => JSON.stringify(other) === JSON.stringify(one)))
      known.constraints.push(one)
  known.sites.push(...sites.filter((site) => !known.sites.includes(site)))
}

// Where it hangs on what a call came to, each way in which that may be is a case of its own.
function waysOf(refusal: Refusal): Refusal[] {
  for (const [at, condition] of refusal.conditions.entries()) {
    const [atom] = condition[0] ?? []
    const ways = atom && condition.length === 1 && condition[0]?.length === 1 ? meaningOf(atom) : null
    if (ways)
      return ways
        .filter((way) => !way.some((one) => one.some((row) => row.includes(unsaid))))
        .map((way) => ({ ...refusal, conditions: refusal.conditions.toSpliced(at, 1, ...way) }))
  }
  return []
}

const isPassed = (condition: Condition, passed: ReadonlySet<string>) =>
  passed.has(conditionKey(condition)) ||
  condition.some((row) => row.every((atom) => passed.has(keyOfAtom(atom))))

// Without what is known to hold.
function reduced(condition: Condition, passed: ReadonlySet<string>): Condition {
  const rows = condition.map((row) => row.filter((atom) => !passed.has(keyOfAtom(atom))))
  return rows.every((row, at) => row.length === condition[at]?.length) ? condition : rows
}

const conditionKey = onceFor((condition: Condition): string =>
  condition
    .map((row) => row.map(keyOfAtom).toSorted().join(' & '))
    .toSorted()
    .join(' | '),
)

const saysGiven = onceFor((atom: Atom) => {
  const { subject, op, value } = askedPlainly(atom)
  return (op === 'present' && !subject.endsWith(' failed')) || (op === '>' && value === 0)
})

// Without what only says that the same thing is there: what is asked where it is given is bounded where it is given.
function boundsIn(atoms: readonly Atom[]): Atom[] {
  if (!atoms.some((atom) => saysGiven(atom) || isOfNone(atom))) return [...atoms]
  const isSaid = (atom: Atom) => atoms.some((other) => isOfSame(other, atom))
  const left = atoms.filter((atom) => !(saysGiven(atom) && isSaid(atom)))
  // Several values that it must not be, empty among them, are those that it may be.
  if (left.every(({ op }) => op === '!=')) return left
  return left.filter((atom) => !(isOfNone(atom) && isSaid(atom)))
}
const isOfNone = ({ op, value }: Atom) => op === '!=' && (value === '' || value === 0)
const isOfSame = (bound: Atom, given: Atom) => bound !== given && askedOfWhat(bound) === askedOfWhat(given)
const askedOfWhat = onceFor((atom: Atom) => innermost(askedPlainly(atom).subject))
// What is measured or converted: of `len(body.name)` the name.
const innermost = (subject: string): string =>
  unwrapped(measured(subject) ?? /^(.*) failed$/.exec(subject)?.[1] ?? subject)

/** Rows of all conditions together, each atom once; none where there are too many to be sure. */
function rowsOf(conditions: readonly Condition[]): Atom[][] {
  if (conditions.reduce((count, { length }) => count * length, 1) > maxRows) return []
  let rows: Atom[][] = [[]]
  for (const condition of conditions)
    rows = rows.flatMap((left) => condition.map((right) => [...left, ...right]))
  const unique = rows.map((row) => [...new Map(row.map((atom) => [keyOfAtom(atom), atom])).values()])
  return unique.length > 1 && unique.length <= maxResolved ? resolved(unique) : unique
}

/** What wraps an input and leaves its order alone: conversions to numbers, trimming. */
const conversions =
  /^(?:Number|parseInt|parseFloat|u?int(?:8|16|32|64)?|float(?:32|64)?|str|string|String|strings\.TrimSpace|strconv\.(?:Atoi|ParseInt|ParseUint|ParseFloat)|Integer\.parseInt|Long\.parseLong)\((.*?)(?:, \d+)*\)$/
/** Of an Optional what is in it. */
const trimmed =
  /^(.*)\.(?:(?:trim|strip|toString|toLowerCase|toUpperCase|lower|upper|get|orElseThrow|intValue|longValue)\(\)|orElse\([\w.]+\))$/
/** A list of Go is shown by what is in it. */
const count = /^len\(\[(.*)\[\]\]\)$/
const lengths = [count, /^(?:len|utf8\.RuneCountInString)\((.*)\)$/, /^(.*)\.(?:length(?:\(\))?|size\(\))$/]
/** What a length is of; undefined where it is none, as of an input that is called so. */
const measured = (subject: string): string | undefined =>
  /^(?:path|query|header|cookie|form|body)\.\w+$/.test(subject)
    ? undefined
    : lengths.map((each) => each.exec(subject)?.[1]).find((inner) => inner !== undefined)
const patterns = [
  /^\/(?<pattern>.*)\/\.test\((?<of>.*)\)$/,
  /^(?<of>.*)\.match\(\/(?<pattern>.*)\/\)$/,
  /^re\.(?:full)?match\((?<text>".*"), (?<of>.*)\)$/,
  /^re\.compile\((?<text>".*")\)\.(?:full)?match\((?<of>.*)\)$/,
  /^regexp\.MatchString\((?<text>".*"), (?<of>.*)\)$/,
]
// The pattern and what it is asked of; null where a subject is no such question.
function patternIn(subject: string): { pattern: string; of: string } | null {
  const found = patterns.map((one) => one.exec(subject)?.groups).find((groups) => groups !== undefined)
  const { pattern, text, of } = found ?? {}
  if (of === undefined) return null
  const said = pattern ?? (text === undefined ? null : textIn(text))
  return said === null ? null : { pattern: said, of }
}
function textIn(written: string): string | null {
  try {
    return String(JSON.parse(written))
  } catch {
    return null
  }
}

// `isAlways`: what code of Go is not given it takes for nothing, empty or 0, and asks that too.
function boundOf(
  asked: Atom,
  all: readonly Atom[],
  parameters: ReadonlyMap<string, { in: CheckedInput['in']; name: string }>,
  isAlways: boolean,
): Omit<CheckedInput, 'sites'> | null {
  const { subject, op, value, isNone = true } = askedPlainly(asked)
  const unread = /^(strconv\.(?:Atoi|ParseInt|ParseUint)\(.*\)) failed$/.exec(subject)?.[1]
  if (unread !== undefined && op === 'present') {
    const input = inputOf(unwrapped(unread), parameters)
    return input && { ...input, isRequired: isAlways, isInteger: true, constraints: [] }
  }
  // Go: what gives an error where it is not there.
  const missing = /^((?:form|cookie)\.[\w.-]+) failed$/.exec(subject)?.[1]
  if (missing !== undefined && op === 'present') {
    const input = inputOf(missing, parameters)
    return input && { ...input, isRequired: true, isInteger: false, constraints: [] }
  }
  const asksPattern = op === 'false' || op === 'absent' ? patternIn(subject) : null
  const matched = asksPattern && inputOf(unwrapped(asksPattern.of), parameters)
  if (matched)
    return {
      ...matched,
      isRequired: isAlways && refusesNone(asksPattern.pattern),
      isInteger: false,
      constraints: [{ keyword: 'pattern', value: asksPattern.pattern }],
    }
  const listed = op === 'false' ? /^Array\.isArray\((.*)\)$/.exec(subject)?.[1] : undefined
  const list = listed === undefined ? null : inputOf(listed, parameters)
  if (list) return { ...list, isRequired: true, isInteger: false, isList: true, constraints: [] }
  const length = measured(subject)
  const input = inputOf(unwrapped(length ?? subject), parameters)
  if (!input) return null
  const plain = { ...input, isRequired: false, isInteger: false }
  if (op === 'not-matches' && typeof value === 'string' && length === undefined)
    return {
      ...plain,
      isRequired: isAlways && refusesNone(value),
      constraints: [{ keyword: 'pattern', value }],
    }
  if (op === 'absent')
    return length === undefined
      ? { ...plain, isRequired: true, constraints: [] }
      : { ...plain, constraints: [{ keyword: 'minLength', value: 1 }] }
  if (op === '==' && value === '' && length === undefined)
    return { ...plain, isRequired: isNone, constraints: [{ keyword: 'minLength', value: 1 }] }
  if (op === '==' && value === 0 && isAlways && length === undefined)
    return { ...plain, isRequired: true, constraints: [] }
  if (op === 'not-in' && Array.isArray(value))
    return {
      ...plain,
      isRequired: isAlways && !value.includes(''),
      constraints: [{ keyword: 'enum', value }],
    }
  if (op === '!=' && length === undefined) {
    const values = all.flatMap((atom) =>
      typeof atom.value === 'string' || typeof atom.value === 'number' ? [atom.value] : [],
    )
    return values.length === all.length
      ? {
          ...plain,
          isRequired: isAlways && !values.includes('') && !values.includes(0),
          constraints: [{ keyword: 'enum', value: values }],
        }
      : null
  }
  if (typeof value !== 'number') return null
  const constraints =
    length === undefined ? numberBound(op, value) : lengthBound(op, value, count.test(subject))
  const isNoneOut = (op === '<' && value > 0) || (op === '<=' && value >= 0) || (op === '==' && value === 0)
  return constraints.length > 0 ? { ...plain, isRequired: isAlways && isNoneOut, constraints } : null
}

/** Whether a pattern refuses a text of nothing; false for one that only other languages can read, since of that nothing is known. */
function refusesNone(pattern: string): boolean {
  try {
    return !new RegExp(pattern).test('')
  } catch {
    return false
  }
}

function numberBound(op: Atom['op'], value: number): Constraint[] {
  if (op === '<') return [{ keyword: 'minimum', value }]
  if (op === '<=') return [{ keyword: 'exclusiveMinimum', value }]
  if (op === '>') return [{ keyword: 'maximum', value }]
  if (op === '>=') return [{ keyword: 'exclusiveMaximum', value }]
  return []
}

function lengthBound(op: Atom['op'], value: number, isList: boolean): Constraint[] {
  const [least, most] = isList ? (['minItems', 'maxItems'] as const) : (['minLength', 'maxLength'] as const)
  if (op === '<') return [{ keyword: least, value }]
  if (op === '<=') return [{ keyword: least, value: value + 1 }]
  if (op === '>') return [{ keyword: most, value }]
  if (op === '>=') return [{ keyword: most, value: value - 1 }]
  if (op === '!=')
    return [
      { keyword: least, value },
      { keyword: most, value },
    ]
  return op === '==' && value === 0 ? [{ keyword: least, value: 1 }] : []
}

function unwrapped(subject: string): string {
  for (let text = subject, hop = 0; ; hop++) {
    // Bytes of Go are a list of them.
    const inner = conversions.exec(text)?.[1] ?? trimmed.exec(text)?.[1] ?? /^\[(.*)\[\]\]$/.exec(text)?.[1]
    if (inner === undefined || hop > 4) return text
    text = inner
  }
}

function inputOf(
  text: string,
  parameters: ReadonlyMap<string, { in: CheckedInput['in']; name: string }>,
): Pick<CheckedInput, 'in' | 'name'> | null {
  const [, place, name] = /^(path|query|header|cookie|form|body)\.([\w.-]+)$/.exec(text) ?? []
  if (place !== undefined && name !== undefined) return { in: place as CheckedInput['in'], name }
  const [first = '', ...rest] = text.split('.')
  const own = parameters.get(first)
  if (!own || !/^\w+(?:\.\w+)*$/.test(text)) return null
  if (own.in === 'body') return rest.length > 0 ? { in: 'body', name: rest.join('.') } : null
  return rest.length === 0 ? own : null
}
