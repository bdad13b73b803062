import { shown } from '../facts/expression.ts'
import { givenBy, isNeverGiven, isOfOtherPackage, outsideError } from './go-library-errors.ts'
import { isMadeForStatus } from './go-status-errors.ts'
import { constant, each, joined, symbol, textOf } from './values.ts'
import type { Func, TypeRef } from '../parse/ir.ts'
import type { FuncValue, SymbolValue, Value } from './values.ts'

const made = /^(?:errors\.(?:New|Join)|fmt\.Errorf|github\.com\/pkg\/errors\.\w+)\(\)$/
/** What a package of errors makes, by Go's names: `errors.NewNotFound`, `errors.CompositeValidationError`; and any that makes an error by name: `fiber.NewError`, `huma.Error404NotFound`. */
const madeByName =
  /(?:^|[./])\w*errors?\.(?:New\w+|\w+Error)\(\)$|[./](?:New(?:HTTP)?Error\w*|Error[1-5]\d\d\w*)\(\)$/
/** What it makes of a text: `xerrors.Errorf`, a conversion to a type of errors that are texts. */
const madeOfText = /(?:^|[./])\w*errors?\.(?:New|\w*Errorf?)\(\)$/
/** A package's variable that holds an error, by Go's names; nobody sets it to nil. */
const sentinel = /[./](?:Err[A-Z]\w*|EOF)$/

/** Whether a value of Go is an error for sure, not nil. */
export const isMadeError = (value: Value): boolean =>
  value.t === 'symbol' &&
  (/^(?:errors\.New|fmt\.Errorf)\(\)$/.test(value.path) ||
    // Several in one: nil only where all of them are.
    (value.path === 'errors.Join()' && value.args.some((arg) => isSurely(arg.value))) ||
    madeByName.test(value.path) ||
    isMadeForStatus(value) ||
    (madeOfText.test(value.path) && isText(value.args[0]?.value)) ||
    (sentinel.test(value.path) && !/[?()]/.test(value.path)))

const isSurely = (value: Value): boolean =>
  each(value).every((one) => isMadeError(one) || (one.t === 'object' && one.ref !== null))

// What a call failed with, or a chain of them keeps as its error: `db.First(&user).Error`.
const isFailure = ({ path, text, of }: SymbolValue): boolean =>
  shown(text).endsWith(' failed') || (/\(\)\.Err(?:or)?$/.test(path) && of?.t === 'symbol')

/** Whether one of several values is an error of Go. */
export const mayBeError = (value: Value): boolean =>
  each(value).some(
    (one) => one.t === 'symbol' && (one.path === outsideError || isMadeError(one) || isFailure(one)),
  )

/** A variable of Go that holds an error, by its name: `err`, `saveErr`, `err2`, `errSave`, and not what is told of one (`errCode`). */
export const isErrorName = (name: string): boolean =>
  /^err\d*$|[a-z]Err$|^err(?!(?:Ch|Chan|Channel|Code|Count|Group|Key|List|Map|Message|Msg|Resp|Response|Status|Str|String|Text|Type)$)[A-Z]\w*$/.test(
    name,
  )

/** That a call failed, as conditions have it. */
export const failureOf = (call: string): string => `${shown(call).replace(/ failed$/, '')} failed`

const isText = (value: Value | undefined) =>
  value?.t === 'text' || (value?.t === 'const' && typeof value.v === 'string')

/**
 * Whether Go's `errors.Is` finds `target` in an error: true where it is it or wraps it, false where it is another, null where that can't be
 * said. Code outside never gives an error that the repository made.
 */
export function errorIs(value: Value, target: Value): boolean | null {
  const answers = each(value).map((one) => isOne(one, target, 0))
  const [first = null] = answers
  return answers.every((one) => one === first) ? first : null
}

/** Whether two errors of Go are one (`==`): other variables are others, as is what a call makes; null where that can't be said. */
export function isSameError(left: Value, right: Value): boolean | null {
  if (left.t !== 'symbol' || right.t !== 'symbol' || !isMadeError(left) || !isMadeError(right)) return null
  if (sentinel.test(left.path) !== sentinel.test(right.path)) return false
  if (!sentinel.test(left.path)) return left.site && right.site ? sameSite(left, right) : null
  if (left.path === right.path) return true
  // `os.ErrNotExist` is the one of `io/fs`.
  const [one, other] = [left, right].map(({ path }) => path.slice(path.lastIndexOf('.') + 1))
  return one === other ? null : false
}

/** Functions outside that hand on what code which they were given before came to: `group.Wait()`, a transaction, a cause. */
const handsOn =
  /\.(?:Wait|Do|Run\w*|Retry\w*|Exec(?:ute)?|\w*Tx|Transaction|Walk\w*|Err|Cause|Unmarshal\w*|Decode\w*)\(\)$/

/** Whether an error is what a call of a package outside failed with, that was given none of the repository's code to run. */
function isOfOutside(error: SymbolValue): boolean {
  const { path, ref, of, args } = error
  if (ref || !isFailure(error) || !/^(?:[\w.-]+\/)*[\w-]+\.[A-Z]/.test(path)) return false
  const given = (one: Value | null, all: SymbolValue['args']): FuncValue[] => [
    ...all.flatMap(({ value }) => each(value).filter((each) => each.t === 'func')),
    ...(one?.t === 'symbol' ? given(one.of, one.args) : []),
  ]
  const own = given(of, args)
  return own.length > 0 ? own.every(callsGivenAlone) : !handsOn.test(path) || isPlainRead(error)
}

/** Types of Go that no code of the repository reads. */
export const plainType =
  /^(?:\*|\[\d*\]|\.\.\.)*(?:string|bool|u?int\d*|float\d+|byte|any|interface\{\}|array|map|list|time\.(?:Time|Duration)|json\.(?:RawMessage|Number)|uuid\.UUID)$/

// What cannot be read into a struct of plain fields failed in the package that reads it: no code of the repository runs then.
function isPlainRead({ path, args }: SymbolValue): boolean {
  const read = args.at(-1)?.value
  const ref = read?.t === 'symbol' || read?.t === 'object' ? read.ref : null
  return (
    /^encoding\/json\..*\.?(?:Decode|Unmarshal)\(\)$/.test(path) &&
    ref?.cls.kind === 'struct' &&
    ref.cls.bases.length === 0 &&
    !/\)\s+Unmarshal\w+\(/.test(ref.module.text) &&
    ref.cls.fields.every(({ type }) => type !== null && isPlain(type))
  )
}

const isPlain = (type: TypeRef): boolean => plainType.test(type.name) && type.args.every(isPlain)

const words =
  /^(?:if|for|switch|return|func|len|cap|append|make|new|copy|delete|string|u?int\d*|float\d+|bool)$/
const aside = new WeakMap<Func, boolean>()

/** Whether a function of Go calls nothing but what it is given, and names no error: one that it gives back was made outside, as `row.Scan` of a row. */
export function callsGivenAlone({ fn, module }: FuncValue): boolean {
  const known = aside.get(fn)
  if (known !== undefined) return known
  const text = module.text.slice(fn.headEnd, fn.end).replaceAll(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\/.*/g, '""')
  const given = new Set(fn.params.map(({ name }) => name))
  const found =
    !/\bErr[A-Z]|\berr[A-Z]|\w*Error\{/.test(text) &&
    [...text.matchAll(/(\.?)\b([A-Za-z_]\w*)((?:\.\w+|\[[^\]]*\])*)\(/g)].every(
      ([, isPart, root = '', rest = '']) =>
        isPart !== '' || (rest === '' ? words.test(root) : given.has(root)),
    )
  aside.set(fn, found)
  return found
}

// What an error is made around: of `fmt.Errorf` only what stands for `%w`.
function wrappedIn({ path, args }: SymbolValue): Value[] {
  if (!made.test(path)) return []
  const values = args.map((arg) => arg.value)
  const [format, ...rest] = values
  if (path === 'errors.New()') return rest
  const text = path === 'fmt.Errorf()' ? textOf(format) : null
  if (text === null) return values
  const verbs = [...text.matchAll(/%(?:%|[-+# 0]*[\d*]*(?:\.[\d*]+)?([a-zA-Z]))/g)].flatMap(
    ([, verb]) => verb ?? [],
  )
  return rest.filter((_, at) => verbs[at] === 'w')
}

/** Of an error that wraps one other, that one, where only of it is not known whether it is the one that is sought: wrapping hands on what is. */
export function wrappedAlone(value: Value, target: Value, depth = 0): Value {
  if (value.t !== 'symbol' || depth > 4 || errorIs(value, target) !== null) return value
  const [inner, ...others] = wrappedIn(value).filter((one) => errorIs(one, target) === null)
  return inner && others.length === 0 ? wrappedAlone(inner, target, depth + 1) : value
}

/** What an error of `fmt.Errorf` says, as far as that is known; null where its text is not, or is filled in other ways than as it is. */
export function saidByError(error: Value | null): Value | null {
  if (error?.t !== 'symbol') return null
  const {
    args: [format, ...rest],
  } = error
  const text = textOf(format?.value)
  if (text === null || /%(?![svdw])/.test(text)) return null
  const filled = rest.map(({ value }) => (value.t === 'const' ? value : symbol('?', '?')))
  return joined(
    text
      .split(/(%\w)/)
      .map((part) => (part.startsWith('%') ? (filled.shift() ?? symbol('?', '?')) : constant(part))),
  )
}

const isOfOtherModule = (value: SymbolValue, target: Value): boolean =>
  target.t === 'symbol' &&
  sentinel.test(target.path) &&
  !/^(?:errors|fmt|github\.com\/pkg\/errors)\./.test(value.path) &&
  !value.args.some((arg) => arg.value.t === 'symbol') &&
  isOfOtherPackage(value, target, true)

function isOne(value: Value, target: Value, depth: number): boolean | null {
  if (value === target) return true
  if (value.t === 'const') return false
  if (depth > 4) return null
  if (value.t === 'symbol' && target.t === 'symbol' && value.path === target.path && sameSite(value, target))
    return true
  const isOwn = (target.t === 'symbol' && made.test(target.path)) || target.t === 'object'
  if (value.t === 'symbol') {
    if (value.path === outsideError) return isOwn || isNeverGiven(givenBy(value), target) ? false : null
    if (isOfOutside(value) && (isOwn || isNeverGiven(value, target))) return false
    // An error of which nothing is known but that.
    if (value.path.startsWith('?') || value.path === 'error()' || value.text.endsWith(' failed')) return null
    // What one package makes by name is no variable of another.
    if (madeByName.test(value.path) && isOfOtherModule(value, target)) return false
    const found = wrappedIn(value).map((one) => isOne(one, target, depth + 1))
    if (found.includes(true)) return true
    if (found.includes(null)) return null
    if (made.test(value.path)) return isOwn || target.t === 'symbol' ? false : null
    return isOwn ? false : value.path.replace(/\(\)$/, '') === pathOf(target) ? true : null
  }
  if (value.t === 'object') {
    const found = [...value.props.values()].map((one) =>
      one.t === 'symbol' || one.t === 'object' ? isOne(one, target, depth + 1) : false,
    )
    return found.includes(true) ? true : found.includes(null) ? null : false
  }
  return null
}

/** The parts of an error that `errors.As` may find: itself and what it wraps. */
export function errorChain(value: Value, depth = 0): Value[] {
  if (depth > 4) return []
  return each(value).flatMap((one) => [
    one,
    ...(one.t === 'symbol' && made.test(one.path)
      ? wrappedIn(one).flatMap((inner) => (inner.t === 'const' ? [] : errorChain(inner, depth + 1)))
      : // What a framework keeps an error in.
        one.t === 'object' && !one.ref && one.props.has('Err')
        ? errorChain(one.props.get('Err') ?? one, depth + 1)
        : []),
  ])
}

/** What a package of Go's own gives, and the methods that its errors have. */
const isOfGo = /^\w+(?:\/\w+)*\.[A-Z]/
const isOwnMethod = ({ name }: { name: string }) => !/^(?:Error|Unwrap|Is|As|Timeout|Temporary)$/.test(name)

/** Packages for data whose errors have no methods for statuses. */
const ofData =
  /^(?:gorm\.io\/|golang\.org\/x\/crypto\/|github\.com\/(?:jmoiron\/sqlx|redis\/go-redis|google\/uuid|golang-jwt\/jwt))/

/** Whether an error by itself is surely none of a type: Go's own functions made it, or a package outside that has nothing to do with the type's. */
export function isOfOther(error: Value, type: Value): boolean {
  // What Go's own functions make is of none of the types that code names.
  const isAny = type.t === 'symbol' && /^(?:error|any)$/.test(type.path)
  if (error.t === 'symbol' && made.test(error.path)) return !isAny
  if (error.t === 'symbol' && type.t === 'class' && isOfOutside(error))
    return (
      type.ref.cls.kind !== 'interface' ||
      ((isOfGo.test(error.path) || ofData.test(error.path)) && type.ref.cls.members.some(isOwnMethod))
    )
  if (error.t !== 'symbol') return false
  // What a package makes by name is of its own types: `fiber.NewError`.
  if (isMadeError(error))
    return type.t === 'class'
      ? type.ref.cls.kind !== 'interface'
      : type.t === 'symbol' && isOfOtherPackage(error, type, true)
  if (error.path !== outsideError)
    return type.t === 'symbol' && isOfOutside(error) && isOfOtherPackage(error, type)
  // Code outside gives none of the repository's.
  if (type.t === 'class') return type.ref.cls.kind !== 'interface'
  return type.t === 'symbol' && isOfOtherPackage(givenBy(error), type)
}

const pathOf = (value: Value) => (value.t === 'symbol' ? value.path.replace(/\(\)$/, '') : '')
const sameSite = (a: SymbolValue, b: SymbolValue) =>
  a.site !== null && b.site !== null && a.site.module === b.site.module && a.site.start === b.site.start
