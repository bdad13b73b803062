import type { Atom, Condition } from '../facts/condition.ts'
import { negateAtom } from '../facts/condition.ts'
import type { Constraint } from '../facts/shape.ts'
import type { Site } from '../resolve/values.ts'
import type { Observation } from './observation.ts'

/** What code refuses of one input of a request, by an answer of 400 or 422. */
export interface CheckedInput {
  in: 'path' | 'query' | 'header' | 'cookie' | 'form' | 'body'
  /** Of a body: the path to the field. */
  name: string
  isRequired: boolean
  isInteger: boolean
  constraints: Constraint[]
  /** The answers that refuse it. */
  sites: Site[]
}

const refusing = new Set([400, 422])
const maxRows = 64

/**
 * Bounds that code checks by itself: an answer of 400 or 422 that comes whenever an input is out of them. A check that comes only where
 * earlier ones passed counts, since what those refuse, by any status, is refused too; one that hangs on anything else does not. What is `given` holds of every
 * request that the function gets. `parameters` has the names of a function's parameters that are inputs.
 */
export function checkedInputs(
  { answers, given }: Pick<Observation, 'answers' | 'given'>,
  parameters: ReadonlyMap<string, { in: CheckedInput['in']; name: string }>,
): CheckedInput[] {
  const rows = answers
    .filter(({ status }) => status >= 400)
    .flatMap(({ conditions, site, status }) =>
      rowsOf(conditions.filter((one) => !given.includes(one))).map((atoms) => ({ atoms, site, status })),
    )
  const refused = new Set<string>()
  const found = new Map<string, CheckedInput>()
  for (let size = -1; size !== refused.size;) {
    size = refused.size
    for (const { atoms, site, status } of rows) {
      const left = atoms.filter((atom) => !refused.has(keyOf(negateAtom(atom))))
      const [first] = left
      // Several only where they rule out values of one thing, one by one.
      if (
        !first ||
        !left.every((one) => one.subject === first.subject && (left.length === 1 || one.op === '!='))
      )
        continue
      if (left.length === 1) refused.add(keyOf(first))
      const bound = refusing.has(status) ? boundOf(first, left, parameters) : null
      if (!bound) continue
      const key = `${bound.in} ${bound.name}`
      const known = found.get(key)
      if (!known) found.set(key, { ...bound, sites: [site] })
      else {
        known.isRequired ||= bound.isRequired
        known.isInteger ||= bound.isInteger
        for (const one of bound.constraints)
          if (!known.constraints.some((other) => JSON.stringify(other) === JSON.stringify(one)))
            known.constraints.push(one)
        if (!known.sites.includes(site)) known.sites.push(site)
      }
    }
  }
  return [...found.values()]
}

const keyOf = (atom: Atom) => JSON.stringify([atom.subject, atom.op, atom.value ?? null])

/** Rows of all conditions together, each atom once; none where there are too many to be sure. */
function rowsOf(conditions: readonly Condition[]): Atom[][] {
  let rows: Atom[][] = [[]]
  for (const condition of conditions) {
    rows = rows.flatMap((left) => condition.map((right) => [...left, ...right]))
    if (rows.length > maxRows) return []
  }
  return rows.map((row) => [...new Map(row.map((atom) => [keyOf(atom), atom])).values()])
}

/** What wraps an input and leaves its order alone: conversions to numbers, trimming. */
const conversions =
  /^(?:Number|parseInt|parseFloat|int|float|str|String|strings\.TrimSpace|strconv\.(?:Atoi|ParseInt|ParseUint|ParseFloat)|Integer\.parseInt|Long\.parseLong)\((.*?)(?:, \d+)*\)$/
const trimmed = /^(.*)\.(?:trim|strip|toString|toLowerCase|toUpperCase|lower|upper)\(\)$/
const lengths = [/^(?:len|utf8\.RuneCountInString)\((.*)\)$/, /^(.*)\.(?:length|size)(?:\(\))?$/]
const patterns = [
  /^\/(.*)\/\.test\((.*)\)$/,
  /^re\.(?:full)?match\("(.*)", (.*)\)$/,
  /^regexp\.MatchString\("(.*)", (.*)\)$/,
]

function boundOf(
  { subject, op, value }: Atom,
  all: readonly Atom[],
  parameters: ReadonlyMap<string, { in: CheckedInput['in']; name: string }>,
): Omit<CheckedInput, 'sites'> | null {
  const unread = /^(strconv\.(?:Atoi|ParseInt|ParseUint)\(.*\)) failed$/.exec(subject)?.[1]
  if (unread !== undefined && op === 'present') {
    const input = inputOf(unwrapped(unread), parameters)
    return input && { ...input, isRequired: false, isInteger: true, constraints: [] }
  }
  for (const pattern of patterns) {
    const [, text, of] = pattern.exec(subject) ?? []
    const input = of === undefined ? null : inputOf(unwrapped(of), parameters)
    if (input && text !== undefined && (op === 'false' || op === 'absent'))
      return {
        ...input,
        isRequired: false,
        isInteger: false,
        constraints: [{ keyword: 'pattern', value: text }],
      }
  }
  const length = lengths.map((each) => each.exec(subject)?.[1]).find((inner) => inner !== undefined)
  const input = inputOf(unwrapped(length ?? subject), parameters)
  if (!input) return null
  const plain = { ...input, isRequired: false, isInteger: false }
  if (op === 'absent')
    return length === undefined
      ? { ...plain, isRequired: true, constraints: [] }
      : { ...plain, constraints: [{ keyword: 'minLength', value: 1 }] }
  if (op === '==' && value === '' && length === undefined)
    return { ...plain, isRequired: true, constraints: [{ keyword: 'minLength', value: 1 }] }
  if (op === 'not-in' && Array.isArray(value)) return { ...plain, constraints: [{ keyword: 'enum', value }] }
  if (op === '!=' && length === undefined) {
    const values = all.flatMap((atom) =>
      typeof atom.value === 'string' || typeof atom.value === 'number' ? [atom.value] : [],
    )
    return values.length === all.length
      ? { ...plain, constraints: [{ keyword: 'enum', value: values }] }
      : null
  }
  if (typeof value !== 'number') return null
  const constraints = length === undefined ? numberBound(op, value) : lengthBound(op, value)
  return constraints.length > 0 ? { ...plain, constraints } : null
}

function numberBound(op: Atom['op'], value: number): Constraint[] {
  if (op === '<') return [{ keyword: 'minimum', value }]
  if (op === '<=') return [{ keyword: 'exclusiveMinimum', value }]
  if (op === '>') return [{ keyword: 'maximum', value }]
  if (op === '>=') return [{ keyword: 'exclusiveMaximum', value }]
  return []
}

function lengthBound(op: Atom['op'], value: number): Constraint[] {
  if (op === '<') return [{ keyword: 'minLength', value }]
  if (op === '<=') return [{ keyword: 'minLength', value: value + 1 }]
  if (op === '>') return [{ keyword: 'maxLength', value }]
  if (op === '>=') return [{ keyword: 'maxLength', value: value - 1 }]
  return op === '==' && value === 0 ? [{ keyword: 'minLength', value: 1 }] : []
}

function unwrapped(subject: string): string {
  for (let text = subject, hop = 0; ; hop++) {
    const inner = conversions.exec(text)?.[1] ?? trimmed.exec(text)?.[1]
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
