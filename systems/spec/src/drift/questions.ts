/** What was answered, by what was asked. */
export type Answers = Map<number, boolean>

/** What is known of something that is asked, beside what it is. */
export interface Question {
  /** Whether something is this literal, or is less than it. */
  of?: { subject: number; relation: 'is' | 'below' | 'above'; literal: string; isNumber: boolean }
  /** What has to be there so that it can hold. */
  needs: readonly number[]
}

/** What is asked of two versions of code. */
export class Questions {
  readonly #all = new Map<number, Question>()

  note(question: number, what: Question): number {
    if (!this.#all.has(question)) this.#all.set(question, what)
    return question
  }

  of(question: number): Question | undefined {
    return this.#all.get(question)
  }
}

export function areConsistent(one: Answers, other: Answers): boolean {
  for (const [question, answer] of one) if ((other.get(question) ?? answer) !== answer) return false
  return true
}

/** Whether all of it may be answered so at once, as far as literals tell, and what is there of what is not. */
export function isPossible(all: readonly Answers[], questions: Questions): boolean {
  const answers = new Map(all.flatMap((one) => [...one]))
  const bySubject = new Map<number, { of: NonNullable<Question['of']>; answer: boolean }[]>()
  for (const [question, answer] of answers) {
    const { of, needs = [] } = questions.of(question) ?? {}
    if (answer && needs.some((one) => answers.get(one) === false)) return false
    if (of) bySubject.set(of.subject, [...(bySubject.get(of.subject) ?? []), { of, answer }])
  }
  return [...bySubject.values()].every((own) => {
    const literals = new Set(
      own.flatMap(({ of, answer }) => (answer && of.relation === 'is' ? [of.literal] : [])),
    )
    if (literals.size > 1) return false
    const numbers = own.filter(({ of }) => of.isNumber)
    if (numbers.length < 2) return true
    const tried = numbers.flatMap(({ of }) => [-0.5, 0, 0.5].map((more) => Number(of.literal) + more))
    return tried.some((value) =>
      numbers.every(({ of, answer }) => {
        const literal = Number(of.literal)
        const isSo =
          of.relation === 'is'
            ? value === literal
            : of.relation === 'below'
              ? value < literal
              : literal < value
        return isSo === answer
      }),
    )
  })
}
