import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { optionOf } from '../packs/credentials.ts'
import type { Pack } from '../packs/pack.ts'
import { whenRefusing } from '../packs/refusals.ts'
import { each } from '../resolve/values.ts'
import type { FuncValue, Value } from '../resolve/values.ts'
import type { Answer } from './observation.ts'
import type { Run } from './run-code.ts'

/**
 * When a function that middleware from outside is given answers in its stead: an option of a documented refusal (Fiber, "Limiter", `LimitReached`; "BasicAuth",
 * `Unauthorized`). Null of any other function.
 */
export function whenInstead(run: Run, value: Value, pack: Pack, fn: FuncValue): Condition | null {
  if (value.t !== 'symbol') return null
  const refusals = run.meaning.knownOf(value, pack).filter(({ isOff, unless }) => {
    const given = isOff && unless && unless.is === undefined ? optionOf(value.args, unless.option) : undefined
    return given !== undefined && each(given).some((one) => one.t === 'func' && one.fn === fn.fn)
  })
  // Who is not known is told before what is wrong with what he shows.
  const [one] = refusals.toSorted((a, b) => Number(b.status === 401) - Number(a.status === 401))
  return one ? (whenRefusing(one.status)[0] ?? null) : null
}

/** Says of answers that they come in a case that is known. */
export function saidOf(answers: readonly Answer[], when: Condition): void {
  for (const answer of answers) {
    answer.conditions = [
      when,
      ...answer.conditions.filter((one) => !one.every((row) => row.includes(unsaid))),
    ]
    delete answer.isUnsure
  }
}
