import { errorIs, isMadeError, plainType } from './go-errors.ts'
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

/**
 * What such a function says of an error that the repository makes: it is none of that package's, unless it is made around one or has a method of that name
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
    return isMadeError(one) && errorIs(one, sought) === false ? false : null
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
