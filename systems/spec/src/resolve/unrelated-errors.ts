import type { Value } from './values.ts'

const anyError = /^(?:Exception|BaseException|Throwable|RuntimeException|Error)$/
/** Packages of Java, whose classes have whole names. */
const ofJava = /^(?:javax?|jakarta|com|org|io|net)\./
const inPackage = /^@?[a-z_][\w-]*[./]/i

/** Whether a class is that of all errors: one of the language, no other that is called so (`psycopg2.Error`, a class `Error` of the repository). */
export const isOfAllErrors = (type: Value): boolean =>
  type.t === 'symbol' && anyError.test(type.path.replace(/^(?:builtins|globalThis|global)\./, ''))

/** Python, JavaScript: whether a class of a package outside and one of these names are of different packages (those that begin alike are one: `pydantic_core`). */
function areOfOthers(names: readonly string[], type: Value): boolean {
  if (type.t !== 'symbol' || !isInPackage(type.path)) return false
  const top = topOf(type.path)
  return !names.some((name) => isInPackage(name) && isOneOf(top, topOf(name))) && !names.some(isOfJava)
}

/** Whether an error that has the last name of a class is another all the same. */
export function isOtherOfName(name: string, type: Value, areKnown: boolean): boolean {
  const isAny = type.t === 'symbol' && anyError.test(lastOf(type.path))
  return areOfOthers([name], type) && (isAny || (isInPackage(name) && !areKnown))
}

/**
 * Whether an error of a known class, with all that it is known to extend, is of a class of a package outside that it was not found to extend: not where
 * the two packages are others. Null where that may be (`mongoose.Error`); undefined where nothing is known of it here.
 */
export function isOfPackage(
  names: readonly string[],
  type: Value,
  isKnown: boolean,
): false | null | undefined {
  if (type.t !== 'symbol' || !isInPackage(type.path) || !isKnown) return undefined
  if (areOfOthers(names, type)) return false
  return anyError.test(lastOf(type.path)) && !names.some(isOfJava) ? null : undefined
}

/** Whether one class of a package outside may extend another: of the same package, where neither says. */
export const mayExtend = (type: Value, other: Value): boolean =>
  type.t === 'symbol' &&
  other.t === 'symbol' &&
  type.path !== other.path &&
  isInPackage(type.path) &&
  isInPackage(other.path) &&
  isOneOf(topOf(type.path), topOf(other.path))

const isOfJava = (path: string) => ofJava.test(path)
const isInPackage = (path: string) => inPackage.test(path) && !isOfJava(path) && !path.startsWith('builtins.')
const topOf = (path: string) => /^@?[\w-]+/.exec(path)?.[0] ?? ''
const lastOf = (path: string) => path.split(/[./]/).at(-1) ?? ''
const isOneOf = (one: string, other: string) =>
  one === other || one.startsWith(`${other}_`) || other.startsWith(`${one}_`)
