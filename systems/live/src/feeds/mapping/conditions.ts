import { numberOf } from '../read-source.ts'
import type { Test, When } from './mapping-schema.ts'
import { isNothing, valueAt, writtenOf } from './row-scope.ts'
import type { RowScope } from './row-scope.ts'

/** Whether a row is one that `when` is for. */
export function holds(when: When | undefined, scope: RowScope): boolean {
  if (when === undefined) return true
  const sets = Array.isArray(when) ? when : [when]
  return sets.some((set) => Object.entries(set).every(([path, test]) => passes(test, path, scope)))
}

function passes(test: Test, path: string, scope: RowScope): boolean {
  const value = valueAt(scope, path)
  const written = writtenOf(value)
  if (Array.isArray(test)) return test.includes(written)
  const { is, not, has, starts, blank, least, most, same } = test
  const lower = written.toLowerCase()
  const number = numberOf(value)
  return (
    (is === undefined || is.includes(written)) &&
    (not === undefined || !not.includes(written)) &&
    (has === undefined || has.some((word) => lower.includes(word.toLowerCase()))) &&
    (starts === undefined || starts.some((word) => lower.startsWith(word.toLowerCase()))) &&
    (blank === undefined || blank === isNothing(value)) &&
    (least === undefined || (number !== null && number >= least)) &&
    (most === undefined || (number !== null && number <= most)) &&
    (same === undefined || (written !== '' && written === writtenOf(valueAt(scope, same))))
  )
}
