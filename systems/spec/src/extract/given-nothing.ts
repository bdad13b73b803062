import type { Atom, Condition } from '../facts/condition.ts'
import { allOf } from '../resolve/conditions.ts'
import type { Outcome } from '../resolve/running.ts'
import type { Value } from '../resolve/values.ts'
import { nothing } from '../resolve/values.ts'
import { unionOfBranches } from '../resolve/when.ts'
import { isPlainPart } from './only-when-shown.ts'

/** When a dependency of FastAPI gives nothing as a part of the request that shows who calls is missing; null where it is not known to. */
export function nothingWhere(returns: readonly Outcome[]): Condition | null {
  const rows = returns.flatMap(({ value, conditions }) =>
    value.t === 'const' && value.v === null ? allOf(conditions) : [],
  )
  const missing = rows.filter((row) => row.length > 0 && row.every(isMissingPart))
  return missing.length > 0 ? missing : null
}

const isMissingPart = ({ subject, op }: Atom) =>
  isPlainPart.test(subject) && (op === 'absent' || op === 'false')

/** What it gives whoever asks it: nothing there. */
export const orNothing = (value: Value, when: Condition | undefined): Value =>
  when ? unionOfBranches(nothing, value, when) : value
