import type { Condition } from '../facts/condition.ts'
import { allOf } from '../resolve/conditions.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Answer, Observation } from './observation.ts'
import { observe } from './observe.ts'
import { isOnlyWhenShown } from './only-when-shown.ts'
import type { Run } from './run-code.ts'
import { isOfNothing, isRefusal } from './sign-in.ts'

/** Refusals of a program that nobody gets who shows nothing of who he is, found by running it so: each by where it stands and what it asks. */
export class ShowsNothing {
  readonly #run: Run
  /** By what refuses: the places of refusals that are not come to then. */
  readonly #known = new Map<string, ReadonlySet<string>>()

  constructor(run: Run) {
    this.#run = run
  }

  /** What an operation was seen to do, refusals that only who shows something gets marked as such. */
  observe(operation: FoundOperation): Observation {
    const seen = observe(this.#run, operation)
    const unclear = seen.answers.filter(
      (one) =>
        isRefusal(one) && !one.isFramework && !one.isNamed && !isOfNothing(one) && !isOnlyWhenShown(one),
    )
    if (unclear.length === 0 || this.#run.interpreter.isSpent) return seen
    const key = unclear.map((one) => `${placeOf(one)} ${JSON.stringify(one.conditions)}`).join('\n')
    const known = this.#known.get(key)
    if (known) return marked(seen, known)
    const missed = this.#missed(operation, unclear)
    this.#known.set(key, missed)
    // What conditions mean is kept of what ran last.
    return marked(observe(this.#run, operation), missed)
  }

  // Of what it may come to: one that is not come to where nothing is shown, though all that could be was.
  #missed(operation: FoundOperation, unclear: readonly Answer[]): ReadonlySet<string> {
    const { meaning, interpreter } = this.#run
    const { isSpent, spentIn } = interpreter
    meaning.isNobody = true
    interpreter.isSpent = false
    interpreter.spentIn = []
    try {
      const { answers } = observe(this.#run, operation)
      if (interpreter.isSpent || answers.length === 0) return new Set()
      const met = new Set(answers.filter(({ conditions }) => mayHold(conditions)).map(placeOf))
      return new Set(unclear.map(placeOf).filter((place) => !met.has(place)))
    } finally {
      meaning.isNobody = false
      interpreter.isSpent = isSpent
      interpreter.spentIn = spentIn
    }
  }
}

const mayHold = (conditions: readonly Condition[]) => allOf(conditions).length > 0 || conditions.length === 0

const placeOf = ({ status, site }: Answer) => `${status} ${site.module.path}:${site.start}`

function marked(seen: Observation, missed: ReadonlySet<string>): Observation {
  if (missed.size === 0) return seen
  const mark = (one: Answer): Answer =>
    missed.has(placeOf(one)) && isRefusal(one) ? { ...one, isOfShown: true } : one
  return {
    ...seen,
    answers: seen.answers.map(mark),
    refuses: new Map([...seen.refuses].map(([index, all]) => [index, all.map(mark)])),
  }
}
