import { errorIs, isMadeError, plainType } from './go-errors.ts'
import { givenBy, outsideError } from './go-library-errors.ts'
import type { Runtime } from './runtime.ts'
import { constant, each, symbol } from './values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from './values.ts'
import { answerOfParts } from './when.ts'

/** A function of a package that asks whether an error is one of its own: `gorm.IsRecordNotFoundError`, `os.IsNotExist`. */
const predicate = /^((?:[\w.-]+\/)*[\w-]+)\.Is([A-Z]\w*?)(?:Err(?:or)?)?$/

// A thing of the repository of plain fields is made around no other error.
const holdsNoError = ({ ref }: ObjectValue): boolean =>
  ref !== null &&
  ref.cls.bases.length === 0 &&
  ref.cls.fields.every(({ type }) => type !== null && plainType.test(type.name))

/** Packages of Go's own whose names have one part (pkg.go.dev/std). */
const ofGo =
  /^(?:bufio|bytes|context|errors|expvar|flag|fmt|html|io|log|mime|net|os|path|plugin|reflect|regexp|runtime|strconv|strings|sync|syscall|time)\./

// What a function of a package failed with that is given nothing of another package: `cast.ToIntE(value)` fails with no error of a database.
function isOfPlainCall(error: SymbolValue): boolean {
  const call = callOf(error)
  return (
    call?.t === 'symbol' &&
    /^(?:[\w.-]+\/)*[\w-]+\.[A-Z]\w*\(\)$/.test(call.path) &&
    (call.path.includes('/') || ofGo.test(call.path)) &&
    call.args.every(({ value }) =>
      each(value).every((one) => one.t !== 'symbol' || !/^(?:[\w-]+\.)+\w+\//.test(one.path)),
    )
  )
}

const callOf = (error: SymbolValue): Value | null => (error.path === outsideError ? givenBy(error) : error)

/** Functions of Go's own packages that are only given texts and numbers (pkg.go.dev/std). */
const ofTexts = /^(?:net\/(?:mail|netip|url)|regexp|strconv|time)\.[A-Z]\w*\(\)$/

function isOfTexts(error: SymbolValue): boolean {
  const call = callOf(error)
  return call?.t === 'symbol' && ofTexts.test(call.path)
}

// What a call of a package outside gave whose module is known.
function isOfCallOutside(error: SymbolValue): boolean {
  const call = callOf(error)
  return call?.t === 'symbol' && /^[\w-]+(?:\.[\w-]+)+\/(?:[\w.-]+\/)*[\w-]+\.[A-Z]/.test(call.path)
}

/**
 * What such a function says of an error that the repository makes, or that a function of another package failed with: it is none of that package's, unless it is made around one or has a method of that name
 * (`NotFound()`), which some of these ask for. Null where nothing is known of it.
 */
export function askedOfOwn(
  interpreter: Runtime,
  callee: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const [, of = '', noun = ''] = predicate.exec(callee.path) ?? []
  const [error, ...others] = args.map(({ value }) => value)
  if (noun === '' || of === 'errors' || !error || others.length > 0) return null
  const sought = symbol(`${of}.Err${noun}`)
  const isIt = (one: Value): boolean | null => {
    if (one.t === 'const') return one.v === null ? false : null
    if (one.t === 'object')
      return holdsNoError(one) && interpreter.memberOf(one, noun, site)?.t !== 'func' ? false : null
    if (one.t !== 'symbol') return null
    if (isOfTexts(one)) return false
    return (isMadeError(one) || isOfPlainCall(one) || isOfCallOutside(one)) && errorIs(one, sought) === false
      ? false
      : null
  }
  const answers = each(error).map(isIt)
  if (answers.every((one) => one === false)) return constant(false)
  return answers.includes(false)
    ? answerOfParts(error, isIt, (one) =>
        symbol(`${callee.path}()`, `${callee.text}(${one.t === 'symbol' ? one.text : 'err'})`, {
          of: callee,
          args: [{ name: null, value: one }],
          site,
        }),
      )
    : null
}
