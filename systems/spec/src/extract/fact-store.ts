import { normalizeCondition } from '../facts/condition.ts'
import { either } from '../resolve/conditions.ts'
import { factId, nameApart, tellApart } from '../facts/fact-id.ts'
import type { FactDraft } from '../facts/fact-id.ts'
import type { Fact } from '../facts/fact.ts'

/** A fact that is not named yet. */
export type Draft<Kind extends Fact['kind']> = Omit<Extract<Fact, { kind: Kind }>, 'id'>

/** Facts as they are found: one that is found again adds its evidence. */
export class FactStore {
  /** While it is set, what code says is of something that is not known for sure: `declared`, never `proved`. */
  isDoubted = false
  readonly #facts = new Map<string, Fact>()
  /** Facts by the operation that they belong to. */
  readonly #parts = new Map<string, Fact[]>()

  facts(): Fact[] {
    const all = [...this.#facts.values()]
    tellApart(all)
    return all
  }

  /** Keeps a fact and returns its id. */
  put(draft: FactDraft): string {
    const fact = { ...draft, id: factId(draft) } as Fact
    if (this.isDoubted && fact.grade !== 'open') fact.grade = 'declared'
    const key = `${fact.id} ${nameApart(fact)}`
    const known = this.#facts.get(key)
    if (!known) {
      this.#facts.set(key, fact)
      if ('operation' in fact) {
        const parts = this.#parts.get(fact.operation)
        if (parts) parts.push(fact)
        else this.#parts.set(fact.operation, [fact])
      }
    } else {
      // Routed, or read, in two branches it is there in either.
      if (known.kind === 'operation' || known.kind === 'parameter')
        known.condition = normalizeCondition(either(known.condition, fact.condition), { keepsUnsaid: true })
      if (fact.evidence.length === 0) return fact.id
      const seen = new Set(known.evidence.map((one) => `${one.path}:${one.startByte}:${one.endByte}`))
      known.evidence.push(
        ...fact.evidence
          .filter((one) => !seen.has(`${one.path}:${one.startByte}:${one.endByte}`))
          .slice(0, Math.max(0, 10 - known.evidence.length)),
      )
    }
    return fact.id
  }

  /** What is known of an operation so far. */
  partsOf(operation: string): readonly Fact[] {
    return this.#parts.get(operation) ?? []
  }
}
