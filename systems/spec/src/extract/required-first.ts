import type { Fact } from '../facts/fact.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Answer } from './observation.ts'
import type { AskedSignIn } from './sign-in.ts'

/**
 * How who is not signed in is refused, where a handler refuses with a status of its own: that is not told where the framework asks for what shows who calls before it
 * runs (Spring's `@RequestHeader`), since who lacks that is answered otherwise.
 */
export function withoutRequired(
  asked: AskedSignIn,
  { pack }: FoundOperation,
  answers: readonly Answer[],
  parts: readonly Fact[],
): AskedSignIn {
  const missing = pack.invalidErrors?.missing ?? {}
  const isOwn = answers.some(({ site, isBefore }) => site === asked.site && isBefore !== true)
  const isRequired = (place: string, name: string) =>
    parts.some(
      (part) =>
        part.kind === 'parameter' &&
        part.isRequired &&
        part.in === place &&
        part.name.toLowerCase() === name.toLowerCase() &&
        missing[part.in] !== undefined,
    )
  const areRequired =
    isRequired('header', 'authorization') ||
    (asked.credentials.length > 0 && asked.credentials.every((one) => isRequired(one.in, one.name)))
  return isOwn && areRequired ? { ...asked, status: null, statusAt: null } : asked
}
