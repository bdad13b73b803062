import { STATUS_CODES } from 'node:http'
import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { knownTruth } from '../resolve/conditions.ts'
import { each, numberOf } from '../resolve/values.ts'
import type { ArgValue, ClassRef, Site, Value } from '../resolve/values.ts'
import type { Arg, StatusRule } from './pack.ts'

const squeeze = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase()
const byName = new Map<string, number>([
  ...Object.entries(STATUS_CODES).map(([code, name]): [string, number] => [
    squeeze(name ?? ''),
    Number(code),
  ]),
  // Names of older standards that libraries keep.
  ['unprocessableentity', 422],
  ['unprocessablecontent', 422],
  ['requestentitytoolarge', 413],
  ['requesturitoolong', 414],
  ['internalerror', 500],
  ['internalserver', 500],
  ['internalservererrorexception', 500],
  ['movedtemporarily', 302],
  ['nonauthoritativeinfo', 203],
  ['requestedrangenotsatisfiable', 416],
  ['teapot', 418],
  // Spring's `HttpStatus`.
  ['iamateapot', 418],
  ['insufficientspaceonresource', 419],
  ['methodfailure', 420],
  ['destinationlocked', 421],
])

const shortNames = new Map([
  ['PRECON_FAILED', 412],
  ['BAD_METHOD', 405],
  ['ENTITY_TOO_LARGE', 413],
  ['UNSUPPORTED_TYPE', 415],
  ['INTERNAL_ERROR', 500],
  ['UNAVAILABLE', 503],
  ['CLIENT_TIMEOUT', 408],
])

/** The status that a name says: `NOT_FOUND`, `StatusNotFound`, `HTTP_404_NOT_FOUND`, `notFound`; null for any other. */
export function statusNamed(name: string): number | null {
  const digits = /^HTTP_(\d{3})(?:_|$)/.exec(name)?.[1]
  if (digits) return Number(digits)
  // Jetty and Grizzly: `NOT_FOUND_404`.
  const last = /^[A-Z][A-Z_]*_(\d{3})$/.exec(name)?.[1]
  if (last && STATUS_CODES[last] !== undefined) return Number(last)
  // java.net.HttpURLConnection
  if (name.startsWith('HTTP_')) {
    const own = byName.get(squeeze(name.slice(5))) ?? shortNames.get(name.slice(5))
    if (own !== undefined) return own
  }
  return byName.get(squeeze(name.replace(/^(?:Status|SC_|HTTP_STATUS_)/, ''))) ?? null
}

/** A name of one status as that of another, in the same writing: `HTTP_409_CONFLICT` as `HTTP_423_LOCKED`. Null where the other has no name. */
export function renameStatus(name: string, to: number): string | null {
  const words = (STATUS_CODES[to] ?? '')
    .replaceAll("'", '')
    .split(/[^a-z]+/i)
    .filter((word) => word !== '')
  if (words.length === 0) return null
  const prefix = /^(?:HTTP_(?:STATUS_|\d{3}_)?|SC_|Status|STATUS_)?/.exec(name)?.[0] ?? ''
  const begin = prefix.replace(/\d{3}/, String(to))
  const rest = name.slice(prefix.length)
  if (/^[A-Z\d_]+$/.test(rest)) return begin + words.join('_').toUpperCase()
  const joined = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return /^[a-z]/.test(rest) ? begin + joined.slice(0, 1).toLowerCase() + joined.slice(1) : begin + joined
}

const isStatus = (status: number) => Number.isInteger(status) && status >= 100 && status < 600

/** Every status that a value may be; empty where it is not known. */
export function statusesOf(value: Value | undefined): number[] {
  if (!value) return []
  return each(value).flatMap((one): number[] => {
    const number = numberOf(one)
    if (number !== null) return isStatus(number) ? [number] : []
    if (one.t === 'symbol') {
      // What a call gives that is named for it: `problem.NotFound(err).StatusCode`.
      // Netty, Helidon, Micronaut and Javalin: `HttpResponseStatus.CONFLICT.code()`.
      const bare = one.path
        .replace(/(?<=\b(?:Http(?:Response)?)?Status\.\w+)\.(?:code|getCode)\(\)$/, '')
        .replace(
          /\.(?:value|value\(\)|getStatusCode\(\)|code|phrase)$|(?:(?<=\(\))\.With\w+\(\))*(?<=\(\))\.(?:(?:HTTPStatus|Status)(?:Code)?|Code)(?:\(\))?$/,
          '',
        )
      const found = statusNamed(bare.split('.').at(-1)?.replace(/\(\)$/, '') ?? '')
      if (found !== null) return [found]
      // HttpStatus.valueOf(404), status(404), http.HTTPStatus(404)
      const inner = one.path.endsWith('()') ? numberOf(one.args[0]?.value) : null
      return inner !== null && isStatus(inner)
        ? [inner]
        : one.path.endsWith('.value()') && one.of?.t === 'symbol' && one.of.of
          ? statusesOf(one.of.of)
          : []
    }
    // A constant of an enum of the repository, or an object that has a status.
    if (one.t === 'object') {
      for (const key of ['value', 'code', 'status', 'statusCode', 'status_code']) {
        const found = one.props.get(key)
        const statuses = found && found.t !== 'object' ? statusesOf(found) : []
        if (statuses.length > 0) return statuses
      }
      return one.args.flatMap((arg) => statusesOf(arg.value)).slice(0, 1)
    }
    return []
  })
}

/** Statuses in the constants of the repository's enums that an error is made with. */
export function heldStatuses(value: Value, isOfConstant = false, depth = 0): number[] {
  if (depth > 6) return []
  const within = (parts: readonly (Value | null)[], isOf = isOfConstant) => [
    ...new Set(parts.flatMap((one) => (one ? heldStatuses(one, isOf, depth + 1) : []))),
  ]
  if (value.t === 'object') return within([...value.props.values()], isOfConstant || value.props.has('@name'))
  if (value.t === 'list') return within(value.items)
  const own = isOfConstant ? statusesOf(value).filter((status) => status >= 400 && status < 600) : []
  if (own.length > 0 || value.t !== 'symbol') return own
  return within([...value.args.map((arg) => arg.value), value.of])
}

/** Where a status may stand in what a value was made of: its number, where it was made, the class of the repository that has it. */
export function sitesOfStatus(value: Value | undefined, status: number, depth = 0): Site[] {
  if (!value || depth > 3) return []
  const within = (parts: Iterable<Value | null>) =>
    [...parts].flatMap((part) => (part ? sitesOfStatus(part, status, depth + 1) : []))
  switch (value.t) {
    case 'const':
      return value.site && numberOf(value) === status ? [value.site] : []
    case 'union':
      return within(value.of)
    case 'list':
      return within(value.items)
    case 'symbol':
      return [
        ...(value.site ? [value.site] : []),
        ...within([value.of, ...value.args.map((arg) => arg.value)]),
      ]
    case 'class':
      return [siteOfClass(value.ref)]
    case 'object':
      return [
        ...within([...value.props.values(), ...value.args.map((arg) => arg.value)]),
        ...(value.site ? [value.site] : []),
        ...(value.ref ? [siteOfClass(value.ref)] : []),
      ]
    default:
      return []
  }
}

const siteOfClass = ({ cls, module }: ClassRef): Site => ({
  module,
  start: cls.start,
  end: cls.end - cls.start > maxClass ? cls.headEnd : cls.end,
  symbol: cls.name,
})
/** Of a longer class its head has to do. */
const maxClass = 600

export function argOf(args: readonly ArgValue[], arg: Arg | undefined): Value | undefined {
  if (arg === undefined) return undefined
  if (typeof arg === 'number') return args.filter(({ name }) => name === null).at(arg)?.value
  if (typeof arg === 'string') return args.find(({ name }) => name === arg)?.value
  return argOf(args, arg.name) ?? argOf(args, arg.at)
}

export function statusesBy(rule: StatusRule, args: readonly ArgValue[]): number[] {
  if (typeof rule === 'number') return [rule]
  if ('any' in rule) {
    // Of overloads: the argument that is a status.
    const found = args.flatMap(({ value }) =>
      (value.t === 'object' ? [] : statusesOf(value)).filter((one) => one >= 300),
    )
    return found.length > 0 ? found.slice(0, 1) : [rule.otherwise]
  }
  const given = argOf(args, rule.arg)
  const found = statusesOf(given)
  if (found.length > 0) return found
  if (rule.otherwise === undefined || !saysNone(given)) return []
  return whereTrue(rule, args)
}

function whereTrue(
  { otherwise, whereTrue: other }: Extract<StatusRule, { arg: Arg }>,
  args: readonly ArgValue[],
): number[] {
  const usual = otherwise === undefined ? [] : [otherwise]
  const said = other && argOf(args, other.arg)
  if (!other || !said) return usual
  const isTrue = knownTruth(said)
  return isTrue === null ? [] : isTrue ? [other.status] : usual
}

/** Whether an argument says a status that is not known: neither left out, nor something that has none. */
export function isUnknownStatus(rule: StatusRule, args: readonly ArgValue[]): boolean {
  const given = typeof rule === 'object' && 'arg' in rule ? argOf(args, rule.arg) : undefined
  // What may come first may be left out: `redirect(url)`.
  if (!given || (given === args[0]?.value && args.length === 1)) return false
  return mayBeOther(given)
}

/** Whether a value that is set as a status may be one that is not known. */
export const mayBeOther = (value: Value): boolean =>
  each(value).some((one) => {
    if (one.t === 'const' || statusesOf(one).length > 0) return false
    return one.t !== 'object' || one.isOpen || one.props.has('status') || one.ref !== null
  })

// Options that are all known, and none of them is a status.
const saysNone = (given: Value | undefined) =>
  given === undefined ||
  given.t === 'const' ||
  (given.t === 'object' && given.ref === null && !given.isOpen && !given.props.has('status'))

/** Each status that an argument may be with when it is that one, where that is known of all, or, where it is said, also of some: null stands for what is not known. */
export function statusWays(
  rule: StatusRule,
  args: readonly ArgValue[],
  isOfSome: boolean,
): { status: number | null; when: Condition }[] | null {
  const given = typeof rule === 'object' && 'arg' in rule ? argOf(args, rule.arg) : undefined
  if (!isOfSome || given?.t !== 'union' || !given.when || !mayBeOther(given)) return waysOfStatus(given)
  const ways = given.of.flatMap((one, index) => {
    const when = given.when?.[index] ?? always
    const statuses = mayBeOther(one) ? [null] : statusesOf(one)
    return statuses.map((status) => ({ status, when }))
  })
  return ways.some(({ status }) => status !== null) ? ways : null
}

/** Each status that a value may be with when it is that one, where that is known of all. */
export function waysOfStatus(given: Value | undefined): { status: number; when: Condition }[] | null {
  if (given?.t !== 'union' || !given.when || mayBeOther(given)) return null
  const ways = given.of.flatMap((one, index) =>
    statusesOf(one).map((status) => ({ status, when: given.when?.[index] ?? always })),
  )
  return new Set(ways.map(({ status }) => status)).size > 1 ? ways : null
}
