import { isUnknownCaller, unsaid } from '../facts/condition.ts'
import type { Atom } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'
import type { Field } from '../facts/shape.ts'
import { sayCondition } from '../requirements/say-condition.ts'
import { fieldsOf, unknownKey } from './base-request.ts'
import type { Draft, Subject } from './base-request.ts'
import type { Means } from './means.ts'
import { breaking, mistyped } from './sample.ts'

/** `met`: the request has it. `presumed`: a request that fits has it, if the service is as the spec says. Else why no request can be made for it. */
export type Fulfilled = 'met' | 'presumed' | { why: string }

const place = /^(path|query|header|cookie|form|body)\.([\w-]+)((?:\.[\w-]+)*)$/
const mention = /\b(path|query|form|body)\.([\w-]+)/

/** Changes a request so that one comparison of a condition holds of it. */
export function fulfil(draft: Draft, atom: Atom, subject: Subject, means: Means): Fulfilled {
  const asked = shown(atom.subject)
  const isOff = atom.op === 'absent' || atom.op === 'false'
  const no = (why: string): Fulfilled => ({ why })
  if (atom.subject === unsaid.subject) return no('more is asked than the spec tells')
  if (isUnknownCaller(atom.subject)) {
    if (isOff) draft.caller = subject.nobody
    return isOff ? 'met' : draft.caller ? 'met' : no('nobody is given who may call')
  }
  if (atom.subject === '@earlier') return isOff ? 'presumed' : no('it is not known which check refuses it')
  if (atom.subject === '@limit') return isOff ? 'met' : no('it needs more requests than one')
  if (atom.subject === '@role') {
    const roles = (Array.isArray(atom.value) ? atom.value : []).map(String)
    const isWithout = atom.op === 'not-in'
    const found = means.callers.find(
      (caller) => isWithout !== roles.some((role) => caller.roles.includes(role)),
    )
    if (!found) return no(`nobody is given ${isWithout ? 'without' : 'with'} ${roles.join(', ')}`)
    draft.caller = found
    return 'met'
  }
  if (asked === 'request') return isOff ? unfit(draft, subject) : 'met'
  const fits = /^(?:((?:path|query|header|cookie|form|body)\.[\w.-]+)|(body|request)) fits (.+)$/.exec(asked)
  if (fits) {
    if (!isOff) return 'met'
    if (fits[1] === undefined) return unfit(draft, subject, fits[2] === 'body')
    return set(draft, fits[1], 'heavylift unfit')
  }
  const tried = /^(path|query|header|cookie|form|body) failed$/.exec(asked)
  if (tried) {
    if (isOff) return 'met'
    if (tried[1] !== 'body') return no(`it is not known which ${tried[1]} can not be read`)
    draft.raw = '{"heavylift'
    return 'met'
  }
  const measured = [/^len\((.+)\)$/, /^(.+)\.length$/]
    .map((form) => form.exec(asked)?.[1])
    .find((one) => one !== undefined && place.test(one))
  if (measured !== undefined) {
    const length = lengthFor(atom)
    return length === null ? no(`asks ${sayCondition([[atom]])}`) : set(draft, measured, 'a'.repeat(length))
  }
  if (place.test(asked)) return compare(draft, atom, asked, subject)
  return ofCode(draft, atom, asked, subject)
}

/** What reads a number, a date, a UUID in a text, by the names that languages and libraries have for it. */
const reads =
  /^(?:[\w.]+\.)?(?:[pP]arse\w*|Atoi|valueOf|from[sS]tring|FromString|int|float|Number|Integer|Long|UUID|(?:Must)?[dD]ecode\w*)\((?:path|query|form|body)\./

/** What code asks with a part of the request: that there is nothing of that key is tried with one that nothing has. */
function ofCode(draft: Draft, atom: Atom, asked: string, subject: Subject): Fulfilled {
  const failed = / failed(?:,| ==|$)/.test(asked)
  const isMissing = failed ? atom.op === 'present' || atom.op === 'true' : atom.op === 'absent'
  const named = mention.exec(asked)
  if (isMissing && named) {
    const [, where = '', name = ''] = named
    const said =
      where === 'body'
        ? subject.body && fieldsOf(subject.body.shape, subject.models).find((one) => one.name === name)
        : subject.parameters.find((one) => one.in === where && one.name === name)
    const type = said?.shape.type
    if (type === 'map' || type === 'object' || type === 'model' || type === 'array')
      return { why: `asks ${sayCondition([[atom]])}` }
    if (failed && reads.test(asked)) return set(draft, `${where}.${name}`, 'heavylift-unfit')
    return set(draft, `${where}.${name}`, unknownKey(said ?? undefined, get(draft, `${where}.${name}`))) ===
      'met'
      ? 'met'
      : { why: `asks ${sayCondition([[atom]])}` }
  }
  // That it is there, or did not fail, is so of things that are there.
  if (!isMissing && (failed || atom.op === 'present') && (!named || subject.unknownKeys.length === 0))
    return 'presumed'
  return { why: `asks ${sayCondition([[atom]])}` }
}

function compare(draft: Draft, { op, value }: Atom, asked: string, subject: Subject): Fulfilled {
  const first: unknown = Array.isArray(value) ? value[0] : value
  const number = Number(first)
  switch (op) {
    case 'absent':
    case 'false':
      return set(draft, asked, op === 'false' && typeof get(draft, asked) === 'boolean' ? false : undefined)
    case 'present':
    case 'true':
      if (get(draft, asked) === undefined)
        return set(draft, asked, op === 'true' ? true : sampleAt(asked, subject))
      return 'met'
    case '==':
    case 'in':
      return set(draft, asked, first === null ? undefined : first)
    case '!=':
    case 'not-in':
      if (first === null || first === '')
        return get(draft, asked) === undefined ? set(draft, asked, sampleAt(asked, subject)) : 'met'
      return set(draft, asked, typeof first === 'number' ? 987_654_321 : 'heavylift-unfit')
    case '<':
      return set(draft, asked, number - 1)
    case '<=':
    case '>=':
      return set(draft, asked, number)
    case '>':
      return set(draft, asked, number + 1)
    case 'not-matches':
      return set(draft, asked, '\u00a0heavylift unfit?')
    case 'matches':
      return 'presumed'
  }
}

function lengthFor({ op, value }: Atom): number | null {
  const bound = typeof value === 'number' ? value : 0
  const length =
    op === '==' || op === '<=' || op === '>='
      ? bound
      : op === '<'
        ? bound - 1
        : op === '>' || op === '!='
          ? bound + 1
          : op === 'false' || op === 'absent'
            ? 0
            : 1
  return length < 0 || length > 200_000 ? null : length
}

function sampleAt(asked: string, subject: Subject): unknown {
  const [, where, name = ''] = place.exec(asked) ?? []
  const said = subject.parameters.find((one) => one.in === where && one.name === name)
  const field =
    where === 'body' && subject.body
      ? fieldsOf(subject.body.shape, subject.models).find((one) => one.name === name)
      : undefined
  const shape = (said ?? field)?.shape
  // Of several kinds one that is something.
  const type = shape?.type === 'union' ? shape.of.find((one) => one.type !== 'null')?.type : shape?.type
  if (type === 'array') return []
  if (type === 'map' || type === 'object' || type === 'model') return {}
  return type === 'integer' || type === 'number' ? 1 : type === 'boolean' ? true : 'sample'
}

/** Breaks the first thing that the spec declares of a request and that can be broken. */
function unfit(draft: Draft, subject: Subject, isBody = false): Fulfilled {
  const { parameters, body, models } = subject
  const fields = body ? fieldsOf(body.shape, models) : []
  const required = fields.find(({ isRequired }) => isRequired)
  if (required) return set(draft, `body.${required.name}`, undefined)
  for (const field of fields) {
    const value = unfitValue(field, false)
    if (value !== undefined) return set(draft, `body.${field.name}`, value)
  }
  if (isBody || body) {
    if (!body) return { why: 'the spec says nothing of a body' }
    draft.raw = '"heavylift"'
    return 'met'
  }
  // What does not fit a path may be no path of the operation.
  const text = parameters
    .filter((one) => one.in !== 'header' && one.in !== 'cookie')
    .toSorted((a, b) => Number(a.in === 'path') - Number(b.in === 'path'))
  for (const one of text) {
    if (one.isRequired && one.in !== 'path') return set(draft, `${one.in}.${one.name}`, undefined)
    const value = unfitValue(one, true)
    if (value !== undefined) return set(draft, `${one.in}.${one.name}`, value)
  }
  return { why: 'the spec declares nothing that a request could break' }
}

/** A value that breaks the type or one bound of a field; `undefined` where none can be made. */
export const unfitValue = (
  { shape, constraints }: Pick<Field, 'shape' | 'constraints'>,
  isText: boolean,
): unknown => mistyped(shape, isText) ?? constraints.map(breaking).find((one) => one !== undefined)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function get(draft: Draft, asked: string): unknown {
  const [, where = '', name = '', rest = ''] = place.exec(asked) ?? []
  const from = where === 'body' ? draft.body : (draft.parts as Record<string, Record<string, unknown>>)[where]
  return [name, ...rest.split('.').slice(1)].reduce<unknown>(
    (value, key) => (isObject(value) ? value[key] : undefined),
    from,
  )
}

/** Sets a part of a request; `undefined` takes it away. */
export function set(draft: Draft, asked: string, value: unknown): Fulfilled {
  const [, where = '', name = '', rest = ''] = place.exec(asked) ?? []
  if (where === 'path' && (value === undefined || value === '')) return { why: `a path always has ${name}` }
  if (where === 'body' && draft.body === undefined) draft.body = {}
  // What shows who calls is part of the request too.
  if (draft.caller && value === undefined && (where === 'header' || where === 'cookie')) {
    const left = where === 'cookie' ? 'cookie' : name.toLowerCase()
    const headers = Object.entries(draft.caller.headers).filter(([one]) => one.toLowerCase() !== left)
    draft.caller = { ...draft.caller, headers: Object.fromEntries(headers) }
  }
  let at = where === 'body' ? draft.body : (draft.parts as Record<string, Record<string, unknown>>)[where]
  const keys = [name, ...rest.split('.').slice(1)]
  for (const key of keys.slice(0, -1)) {
    if (!isObject(at)) return { why: `${asked} is no field of what is sent` }
    at = at[key] ??= {}
  }
  if (!isObject(at)) return { why: `${asked} is no field of what is sent` }
  const last = keys.at(-1) ?? ''
  if (value === undefined) delete at[last]
  else at[last] = value
  return 'met'
}
