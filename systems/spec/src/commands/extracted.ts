import type { Evidence, Fact, Grade, OperationFact } from '../facts/fact.ts'
import { factsOf } from '../facts/fact-set.ts'
import type { FactSet, OpenQuestion } from '../facts/fact-set.ts'
import { sayCondition } from '../requirements/say-condition.ts'
import { operationTitle, sayFact } from '../requirements/say-fact.ts'

/** Where something stands: a half-open range of UTF-8 bytes of a file of the repository, and its first line from 1. */
export interface Span {
  path: string
  line: number
  startByte: number
  endByte: number
}

/** What is told of an operation: as a sentence, with when it holds (`''` is always) and where it stands, the first span being what gives it. */
export interface Told {
  says: string
  when: string
  grade: Grade
  at: Span[]
}

/** An answer, or with `message` (`''` where none is known) an error. */
export interface ToldAnswer extends Told {
  status: number
  message?: string
}

/** A question that the code leaves open. */
export interface Asked {
  text: string
  why: string
  path: string
  line: number
}

/** One operation, as `spec extract --json` prints it; `docs/formats.md` says what each part is. */
export interface ExtractedOperation {
  id: string
  /** Folder of the service in the repository, `''` where the root is one. */
  service: string
  method: string
  path: string
  /** More may stand before the path. */
  isBelow: boolean
  handler: string
  framework: string
  grade: Grade
  at: Span[]
  takes: Told[]
  guards: Told[]
  answers: ToldAnswer[]
  errors: ToldAnswer[]
  questions: Asked[]
  /** Whether all that it answers is told: see `isKnown`. */
  isKnown: boolean
}

/** All operations of a set, by service, path and method, with what is told and asked of each. */
export function extractedOperations(set: FactSet): ExtractedOperation[] {
  const parts = new Map<string, Fact[]>()
  for (const fact of set.facts)
    if ('operation' in fact) parts.set(fact.operation, [...(parts.get(fact.operation) ?? []), fact])
  return factsOf(set.facts, 'operation')
    .map((operation) => extracted(operation, parts.get(operation.id) ?? [], set.questions))
    .toSorted((a, b) => byText(a.service, b.service) || byText(a.path, b.path) || byText(a.method, b.method))
}

/** Questions that are of no operation. */
export const questionsOfNone = (set: FactSet): Asked[] =>
  set.questions.filter(({ operation }) => operation === undefined).map(asked)

function extracted(
  operation: OperationFact,
  facts: readonly Fact[],
  questions: readonly OpenQuestion[],
): ExtractedOperation {
  const title = operationTitle(operation)
  const told = (fact: Fact): Told => ({
    says: sayFact(fact, title),
    when: sayCondition(fact.condition),
    grade: fact.grade,
    at: fact.evidence.map(spanOf),
  })
  const inOrder = <T extends Told>(all: T[]) => all.toSorted((a, b) => byText(a.says, b.says))
  const mine = questions.filter((one) => one.operation === operation.id)
  return {
    id: operation.id,
    service: operation.service,
    method: operation.method,
    path: operation.path,
    isBelow: operation.isBelow === true,
    handler: operation.handler,
    framework: operation.framework,
    grade: operation.grade,
    at: operation.evidence.map(spanOf),
    takes: inOrder(facts.filter(({ kind }) => kind === 'parameter' || kind === 'body').map(told)),
    guards: inOrder(facts.filter(({ kind }) => kind === 'guard').map(told)),
    answers: inOrder(
      facts.flatMap((fact) => (fact.kind === 'response' ? [{ status: fact.status, ...told(fact) }] : [])),
    ),
    errors: inOrder(
      facts.flatMap((fact) =>
        fact.kind === 'error' ? [{ status: fact.status, message: fact.message, ...told(fact) }] : [],
      ),
    ),
    questions: mine.map(asked),
    isKnown: isKnown(facts, mine.length),
  }
}

/**
 * Whether a reader knows what an operation answers: how it goes well is told, or that it always refuses; none of its answers is one of which is not known
 * when it comes; and nothing is asked of it.
 */
function isKnown(facts: readonly Fact[], questions: number): boolean {
  const answers = facts.filter((fact) => fact.kind === 'response' || fact.kind === 'error')
  const isAlways = ({ condition }: Fact) => condition.some((all) => all.length === 0)
  return (
    questions === 0 &&
    answers.every(({ grade }) => grade !== 'open') &&
    answers.some((fact) => fact.kind === 'response' || isAlways(fact))
  )
}

const spanOf = ({ path, line, startByte, endByte }: Evidence): Span => ({ path, line, startByte, endByte })
const asked = ({ text, why, path, line }: OpenQuestion): Asked => ({ text, why, path, line })
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
