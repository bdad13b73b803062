import type { Step } from './step.ts'

/** Steps beside each other, by what comes after what. */
export class Graph {
  readonly #before: ReadonlyMap<string, readonly string[]>

  constructor(steps: readonly Pick<Step, 'id' | 'after'>[]) {
    const ids = new Set(steps.map(({ id }) => id))
    this.#before = new Map(
      steps.map(({ id, after }) => [
        id,
        [...new Set(after.map((each) => each.split('/', 1)[0]!))].filter((before) => ids.has(before)),
      ]),
    )
  }

  /** Steps that can never run because they wait for each other, or for such; empty where there are none. */
  circle(): string[] {
    const ordered = new Set(this.#sorted())
    return [...this.#before.keys()].filter((id) => !ordered.has(id))
  }

  /** All steps, what comes before first; steps in a circle last. */
  inOrder(): string[] {
    return [...this.#sorted(), ...this.circle()]
  }

  /** Every step that has come out before this one runs. */
  ancestors(id: string): Set<string> {
    const found = new Set<string>()
    const visit = (at: string): void => {
      for (const before of this.#before.get(at) ?? [])
        if (!found.has(before)) {
          found.add(before)
          visit(before)
        }
    }
    visit(id)
    return found
  }

  #sorted(): string[] {
    const sorted = new Set<string>()
    for (let isChanged = true; isChanged;) {
      isChanged = false
      for (const [id, before] of this.#before)
        if (!sorted.has(id) && before.every((other) => sorted.has(other))) {
          sorted.add(id)
          isChanged = true
        }
    }
    return [...sorted]
  }
}
