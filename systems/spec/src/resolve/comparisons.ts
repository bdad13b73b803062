import { asksUnbroken } from './go-library-errors.ts'
import { errorIs, isMadeError, isOfOther, isSameError, saidByError } from './go-errors.ts'
import { isIdOfStored } from './java-stored.ts'
import { isExact } from './java-builtins.ts'
import { hasInParts } from './path-parts.ts'
import { withoutQuery } from './patterns.ts'
import type { Runtime } from './runtime.ts'
import { isKept, isMethodOutside, textOf } from './values.ts'
import type { Value } from './values.ts'
import { ownTable } from '../parse/own-table.ts'

// Whether a text of which parts are known may be another one: false where what is known of it says otherwise.
function mayBe(text: Extract<Value, { t: 'text' }>, other: Value): boolean | null {
  const asked = other.t === 'const' && typeof other.v === 'string' ? other.v : null
  if (asked === null) return null
  const form = text.parts
    .map((part) => textOf(part)?.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`) ?? String.raw`[\s\S]*`)
    .join('')
  return new RegExp(`^${form}$`).test(asked) ? null : false
}

type List = Extract<Value, { t: 'list' }>
const areOther = (a: List, b: List): boolean =>
  !a.isOpen &&
  !b.isOpen &&
  a.items.length === b.items.length &&
  a.items.some((one, at) => {
    const other = b.items[at]
    return one.t === 'const' && other?.t === 'const' && one.v !== other.v
  })

/** Lists that packages outside have (django-rest-framework.org, "Permissions", "Custom permissions"). */
const listsOutside: Record<string, readonly string[]> = ownTable({
  'rest_framework.permissions.SAFE_METHODS': ['GET', 'HEAD', 'OPTIONS'],
})

/** What Go's server hands to a handler, which is never nil. */
const handed = /^net\/http\.(?:ResponseWriter|Request)\(\)$/

// What holds all parameters of a place is there, whether there are any or not.
const holdsInputs = (note: unknown): boolean => {
  const { inputs } = (note ?? {}) as { inputs?: string }
  return inputs !== undefined && inputs !== 'body'
}

function isSameType(left: Value, right: Value): boolean | null {
  const isOutside = (value: Value) =>
    value.t === 'symbol' && /^(?:[A-Z]\w*|[\w.]+\.[A-Z]\w*)$/.test(value.path) && !value.path.startsWith('?')
  const isType = (value: Value) =>
    value.t === 'symbol' && (value.note as { isTypeOf?: boolean } | null)?.isTypeOf === true
  if (left.t === 'class' && right.t === 'class') return left.ref.cls === right.ref.cls
  if (left.t === 'class' || right.t === 'class') return isOutside(left) || isOutside(right) ? false : null
  if (!(isType(left) || isType(right)) || !isOutside(left) || !isOutside(right)) return null
  return left.t === 'symbol' && right.t === 'symbol' ? left.path === right.path : null
}

/** Java: a number, a character or a truth value by itself, which is never null. */
export const isPrimitive = (value: Value): boolean =>
  value.t === 'symbol' &&
  value.typed?.scope.module.language === 'java' &&
  primitive.test(value.typed.type.name)
/** Calls of Java's own classes, and of those that build answers, that never give null. */
const neverNull =
  /\.(?:orElseThrow|toString)\(\)$|(?:^|\.)(?:UUID\.randomUUID|String\.(?:valueOf|format))\(\)$|\.(?:Response|ResponseEntity|HttpResponse)\.(?!get)\w+\(\)(?:\.(?!get)\w+\(\))*$/
/** A status by its name in a class of statuses of Java. */
const statusNamed = /(?:^|\.)(?:Http)?(?:Response)?Status\.[A-Z][A-Z\d_]+$/
const primitive = /^(?:int|long|short|byte|char|float|double|boolean)$/

const isCall = /(?:^|\.)[a-z]\w*\(\)$/
/** Java takes no `instanceof` that can not hold (JLS, 15.20.2): what code outside gives may be of a class of the repository. Of errors it is known which extends which. */
const mayBeOwn = (left: Value, right: Value): boolean =>
  right.t === 'class' &&
  right.ref.module.language === 'java' &&
  left.t === 'symbol' &&
  left.ref === null &&
  (isCall.test(left.path) || !isExact(left)) &&
  !/(?:Exception|Error|Throwable)(?:\.of)?(?:\(\))?$/.test(left.path)

/** JavaScript: whether a thing of a class of the repository, or an error of a library, surely has a member or surely lacks it (`'render' in error`). */
function hasMember(of: Value, name: string, interpreter: Pick<Runtime, 'memberOf'>): boolean | null {
  if (of.t !== 'object' && of.t !== 'symbol') return null
  const { site } = of
  if (site?.module.language !== 'javascript' || (of.t === 'object' && of.ref === null)) return null
  const held = interpreter.memberOf(of, name, site)
  if (held?.t === 'const') return held.v !== null
  if (held && isMethodOutside(held)) return true
  return of.t === 'object' && held !== null && held.t !== 'union' ? true : null
}

/** The package of npm that something is of: `@hapi/boom`, `objection`; of those of one scope nobody knows which are one. */
const packageOfNode = (path: string): string | null =>
  /^(?:@[\w.-]+|[a-z][\w-]*)(?=[/.(])/.exec(path)?.[0] ?? null

// JavaScript: what code makes of one package's class is of none of another's.
function isMadeByOther(left: Value, right: Value): boolean {
  const isMade = left.t === 'symbol' && left.isThere === true && left.ref === null && left.path.endsWith('()')
  if (!isMade || left.site?.module.language !== 'javascript' || right.t !== 'symbol') return false
  const [made, asked] = [packageOfNode(left.path), packageOfNode(right.path)]
  return made !== null && asked !== null && made !== asked && /\.[A-Z]\w*$/.test(right.path)
}

// JavaScript and Python: a thing that is written out is one.
const isWritten = (value: Value): boolean =>
  value.t === 'object' &&
  value.ref === null &&
  /^(?:javascript|python)$/.test(value.site?.module.language ?? '')

/** What a comparison of two values comes to; null where that is not known. */
export function knownComparison(
  op: string,
  asked: Value,
  other: Value,
  interpreter: Pick<Runtime, 'isInstance' | 'memberOf'>,
): boolean | null {
  const [left, right] = [withoutQuery(asked), withoutQuery(other)]
  if (op === 'instanceof' || op === 'isinstance') {
    if (left.t === 'union' || left.t === 'func') return null
    if (isOfOther(left, right) || isMadeByOther(left, right)) return false
    const is = interpreter.isInstance(left, right)
    return is === false && mayBeOwn(left, right) ? null : is
  }
  if ((op === '==' || op === '!=') && right.t === 'symbol' && right.path === 'errors.New()') {
    const same = errorIs(left, right)
    return same === null ? null : (op === '==') === same
  }
  if (op === '==' || op === '!=') {
    const same = isSameError(left, right)
    if (same !== null) return (op === '==') === same
    if (asksUnbroken(left, right)) return op === '!='
  }
  // JavaScript: what is not there is neither of these.
  const isNoneOf =
    left.t === 'symbol' &&
    left.path === 'typeof' &&
    left.of?.t === 'const' &&
    left.of.v === null &&
    /^(?:string|number|boolean|function|bigint|symbol)$/.test(textOf(right) ?? '')
  if (isNoneOf && (op === '==' || op === '!=')) return op === '!='
  if (op === 'in' || op === 'not in') {
    const listed = right.t === 'symbol' ? listsOutside[right.path] : undefined
    if (listed && left.t === 'const') return (op === 'in') === listed.includes(String(left.v))
    // One of a list whose items are all known.
    if (left.t === 'const' && right.t === 'list' && !right.isOpen) {
      const known = right.items.flatMap((item) => (item.t === 'const' ? [item.v] : []))
      if (known.includes(left.v)) return op === 'in'
      return known.length === right.items.length ? op === 'not in' : null
    }
    // A key of what is written out.
    if (left.t === 'const' && right.t === 'object' && right.ref === null && !right.isOpen)
      return (op === 'in') === right.props.has(String(left.v))
    const has = left.t === 'const' ? hasMember(right, String(left.v), interpreter) : null
    if (has !== null) return (op === 'in') === has
    if (left.t === 'text' && right.t === 'list' && !right.isOpen)
      return right.items.every((item) => mayBe(left, item) === false) ? op === 'not in' : null
    const [part, whole] = [textOf(left), textOf(right)]
    if (part === null) return null
    const isIn =
      whole !== null ? whole.includes(part) : right.t === 'text' ? hasInParts(right.parts, part) : null
    return isIn === null ? null : (op === 'in') === isIn
  }
  const isNothing = right.t === 'const' && right.v === null
  const isGiven =
    (left.t === 'list' && left.isThere === true) ||
    isWritten(left) ||
    (left.t === 'symbol' &&
      (left.isThere === true ||
        isKept(left) ||
        handed.test(left.path) ||
        holdsInputs(left.note) ||
        isPrimitive(left) ||
        neverNull.test(left.path) ||
        statusNamed.test(left.path) ||
        isIdOfStored(left)))
  if (isNothing && isGiven && (op === '==' || op === '!=')) return op === '!='
  if (left.t === 'const' && right.t === 'const') {
    if (op === '==') return left.v === right.v
    if (op === '!=') return left.v !== right.v
    if (typeof left.v === 'number' && typeof right.v === 'number')
      return op === '<'
        ? left.v < right.v
        : op === '>'
          ? left.v > right.v
          : op === '<='
            ? left.v <= right.v
            : op === '>='
              ? left.v >= right.v
              : null
  }
  // What a pack holds is itself: an application that a table of them has.
  if ((op === '==' || op === '!=') && left.t === 'pack' && right.t === 'pack' && left.data === right.data)
    return op === '=='
  // Python: the type of what is known, beside a class.
  if (op === '==' || op === '!=') {
    const same = isSameType(left, right)
    if (same !== null) return (op === '==') === same
  }
  // Lists that differ in a place are not the same.
  if ((op === '==' || op === '!=') && left.t === 'list' && right.t === 'list' && areOther(left, right))
    return op === '!='
  // Structs of Go are the same where their fields are.
  if (
    (op === '==' || op === '!=') &&
    left.t === 'object' &&
    right.t === 'object' &&
    left.ref?.module.language === 'go' &&
    left.ref.cls === right.ref?.cls
  ) {
    if (left === right) return op === '=='
    const isOther = [...left.props].some(([name, one]) => {
      const other = right.props.get(name)
      return one.t === 'const' && other?.t === 'const' && one.v !== other.v
    })
    if (isOther) return op === '!='
  }
  // Constants of one enum of Java.
  if ((op === '==' || op === '!=') && left.t === 'object' && right.t === 'object') {
    const [one, other] = [left, right].map(({ props }) => textOf(props.get('@name')))
    if (typeof one === 'string' && typeof other === 'string' && left.ref?.cls === right.ref?.cls)
      return (op === '==') === (one === other)
  }
  // Constants of Go's own server, each with a number of its own.
  const isStatus = (value: Value) => value.t === 'symbol' && /^net\/http\.Status[A-Z]\w*$/.test(value.path)
  if (
    (op === '==' || op === '!=') &&
    left.t === 'symbol' &&
    right.t === 'symbol' &&
    isStatus(left) &&
    isStatus(right)
  )
    return (op === '==') === (left.path === right.path)
  // A text of which a part is known is not empty.
  const isFilled = (value: Value) =>
    value.t === 'text' && value.parts.some((part) => (textOf(part) ?? '') !== '')
  if (right.t === 'const' && right.v === '' && isFilled(left))
    return op === '==' ? false : op === '!=' ? true : null
  const said =
    left.t === 'symbol' && left.path === 'fmt.Errorf().Error()' && left.of?.t === 'symbol'
      ? saidByError(left.of.of)
      : left
  if (
    (said?.t === 'text' && mayBe(said, right) === false) ||
    (right.t === 'text' && mayBe(right, left) === false)
  )
    return op === '==' ? false : op === '!=' ? true : null
  // A thing that was made here is something.
  const isMade = (value: Value) =>
    value.t === 'func' ||
    value.t === 'class' ||
    value.t === 'pack' ||
    (value.t === 'list' && value.items.length > 0 && !value.isOpen && !value.isUnset) ||
    (value.t === 'object' && value.ref !== null) ||
    isMadeError(value)
  if (right.t === 'const' && right.v === null && isMade(left))
    return op === '==' ? false : op === '!=' ? true : null
  return null
}
