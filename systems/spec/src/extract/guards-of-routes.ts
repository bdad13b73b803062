import { normalizeCondition } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Fact, FactOf } from '../facts/fact.ts'
import { either } from '../resolve/conditions.ts'
import type { AskedSignIn } from './sign-in.ts'

/** Guards of several routes of one path, of which some requests come to each. */
export class GuardsOfRoutes {
  /** Those of other routes that were told before, with when each refuses. */
  #others: ReadonlyMap<string, Condition> = new Map()

  /** Begins with the next route. */
  begin(told: readonly Fact[]): void {
    this.#others = new Map(
      told.flatMap((one) => (one.kind === 'guard' ? [[one.id, one.condition] as const] : [])),
    )
  }

  /** A guard that was told before refuses where it does for either route. */
  join(guard: FactOf<'guard'>, name: string, condition: Condition): void {
    const other = this.#others.get(guard.id)
    if (other && (guard.guard === 'authentication' || guard.name === name))
      guard.condition = normalizeCondition(either(other, condition), { keepsUnsaid: true })
  }

  /** Says of a guard what shows who calls, and what is answered to who shows nothing: nothing where another route answers another status. */
  ask(guard: FactOf<'guard'>, asked: AskedSignIn): void {
    const { credentials, status } = asked
    const isOther = this.#others.has(guard.id) && guard.status !== undefined && guard.status !== status
    if (isOther) delete guard.status
    Object.assign(guard, {
      credentials,
      ...(isOther || status === null ? {} : { status }),
      ...lacking(guard, asked),
    })
  }
}

// Code that refuses only who shows what is none lets pass who shows nothing; of one that says when it refuses that is told.
const lacking = ({ guard, grade, condition }: FactOf<'guard'>, asked: AskedSignIn): { isOptional?: true } =>
  asked.isOptional &&
  condition.some((row) => row.length === 0) &&
  guard === 'authentication' &&
  grade === 'proved' &&
  asked.grade === 'proved'
    ? { isOptional: true }
    : {}
