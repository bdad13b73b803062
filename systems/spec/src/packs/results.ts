import { failing } from '../facts/condition.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, printValue, symbol, union } from '../resolve/values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from '../resolve/values.ts'

/** What a result holds: of one that went well its value, else its error. */
interface Held {
  isOk: boolean
  held: Value
}

/** What makes a result of neverthrow's (github.com/supermacro/neverthrow, "API Documentation"). */
const makes = /^neverthrow\.(ok|okAsync|err|errAsync)$/
const ofPromise = /^neverthrow\.(?:ResultAsync\.)?from(?:Safe)?Promise$/
const methods = [
  'isOk',
  'isErr',
  'map',
  'asyncMap',
  'mapErr',
  'andThen',
  'asyncAndThen',
  'andTee',
  'andThrough',
  'orElse',
  'orTee',
  'match',
  'unwrapOr',
  '_unsafeUnwrap',
  '_unsafeUnwrapErr',
]
const asked = '@result.'

const nothingGiven = constant(null)

/** What calls of neverthrow's results come to: which of two a result is is known where it was made. Null of any other call. */
export function ofResult(
  interpreter: Interpreter,
  { path, note }: SymbolValue,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  const [first, second] = args.map(({ value }) => value)
  const [, made] = makes.exec(path) ?? []
  if (made !== undefined) return result(made.startsWith('ok'), first ?? nothingGiven, site)
  if (ofPromise.test(path) && first) {
    const error = second ? given(interpreter, second, symbol('?', 'error'), site) : symbol('?', 'error')
    const failed = failing(printValue(first))
    const found = union([result(true, first, site), result(false, error, site)])
    return found.t === 'union'
      ? {
          ...found,
          when: [failed.map((row) => row.map((atom) => ({ ...atom, op: 'absent' as const }))), failed],
        }
      : found
  }
  if (!path.startsWith(asked)) return null
  const { isOk, held } = note as unknown as Held
  const self = () => result(isOk, held, site)
  const call = (fn: Value | undefined) => (fn ? given(interpreter, fn, held, site) : held)
  switch (path.slice(asked.length)) {
    case 'isOk':
      return constant(isOk)
    case 'isErr':
      return constant(!isOk)
    case 'map':
    case 'asyncMap':
      return isOk ? result(true, call(first), site) : self()
    case 'mapErr':
      return isOk ? self() : result(false, call(first), site)
    case 'andThen':
    case 'asyncAndThen':
    case 'andThrough':
      return isOk ? call(first) : self()
    case 'orElse':
      return isOk ? self() : call(first)
    case 'andTee':
      if (isOk) call(first)
      return self()
    case 'orTee':
      if (!isOk) call(first)
      return self()
    case 'match':
      return call(isOk ? first : second)
    case 'unwrapOr':
      return isOk ? held : (first ?? nothingGiven)
    default:
      return held
  }
}

const given = (interpreter: Interpreter, fn: Value, value: Value, site: Site): Value =>
  interpreter.call(fn, [{ name: null, value }], site)

function result(isOk: boolean, held: Value, site: Site): ObjectValue {
  const note = { isOk, held } satisfies Held
  const text = `${isOk ? 'ok' : 'err'}(${printValue(held)})`
  return {
    t: 'object',
    props: new Map<string, Value>([
      [isOk ? 'value' : 'error', held],
      ...methods.map((name): [string, Value] => [
        name,
        symbol(`${asked}${name}`, `${text}.${name}`, { note, site }),
      ]),
    ]),
    isOpen: false,
    ref: null,
    args: [],
    site,
  }
}
