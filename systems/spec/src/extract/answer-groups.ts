import type { Atom, Condition } from '../facts/condition.ts'
import { always, normalizeCondition, unknownCaller, unsaid } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'
import type { Shape } from '../facts/shape.ts'
import { both, either, resolved } from '../resolve/conditions.ts'
import { simplified } from '../resolve/when.ts'
import type { Answer } from './observation.ts'
import type { Shapes } from './shapes.ts'
import { shapeOfAll } from './value-shapes.ts'

/** Answers that are one fact: the same status and, of errors, the same text, of others what is written in them. */
export interface AnswerGroup {
  answers: Answer[]
  /** When any of them comes; `[[]]` is always. */
  condition: Condition
  shape: Shape
}

/** Ways to answer with one status that are told apart; where there are more, they are told apart by their fields alone, then not at all. */
const maxWays = 8

/** Groups an operation's answers into facts. */
export function answerGroups(answers: readonly Answer[], shapes: Shapes): AnswerGroup[] {
  const bodied = answers.map((answer) => ({ answer, shape: shapeOf([answer], shapes) }))
  const groups: Answer[][] = [
    ...Map.groupBy(
      answers.filter(({ status }) => status >= 400),
      ({ status, message }) => `${status} ${message}`,
    ).values(),
  ]
  const good = bodied.filter(({ answer }) => answer.status < 400)
  for (const same of Map.groupBy(good, ({ answer }) => answer.status).values()) {
    const found = [written, fieldsOf, () => '']
      .map((key) => Map.groupBy(same, ({ shape }) => key(shape)))
      .find((one) => one.size <= maxWays)
    for (const way of found?.values() ?? []) groups.push(way.map(({ answer }) => answer))
  }
  // What comes when the same does is one.
  const ways = groups.filter(([first]) => first && first.status < 400).length
  const told = groups.map((group) => ({ group, condition: conditionOf(group, ways, groups.length) }))
  return [
    ...Map.groupBy(told, ({ group: [first], condition }) =>
      JSON.stringify([first?.status, first && first.status >= 400 ? first.message : '', condition]),
    ).values(),
  ].flatMap((all) => {
    const own = all.flatMap(({ group }) => group)
    const [one] = all
    return one ? [{ answers: own, condition: one.condition, shape: shapeOf(own, shapes) }] : []
  })
}

/** Answers of an operation whose path has these variables: none of them is ever missing. */
export function possibleAnswers(answers: readonly Answer[], variables: readonly string[]): Answer[] {
  const subjects = new Set(variables.map((name) => `path.${name}`))
  const isPossible = (row: Condition[number]) =>
    !row.some(({ subject, op }) => op === 'absent' && subjects.has(subject))
  return answers.flatMap((answer) => {
    const conditions = answer.conditions.map((one) => (one.every(isPossible) ? one : one.filter(isPossible)))
    return conditions.some((one, index) => one.length === 0 && answer.conditions[index]?.length !== 0)
      ? []
      : [{ ...answer, conditions }]
  })
}

// `ways`: that an answer below 400 comes in, of all `groups` of answers.
function conditionOf(answers: readonly Answer[], ways: number, groups: number): Condition {
  const isError = answers.some(({ status }) => status >= 400)
  const all = answers.map((answer) => (isError ? whenRefused(answer) : whenAnswered(answer))).reduce(either)
  const condition = all.flat().some(({ subject }) => subject === unsaid.subject)
    ? // What comes only of a part of the requests of which that is said would be said of too many.
      normalizeCondition(all, { keepsUnsaid: isError || ways > 1 })
    : resolved(simplified(all))
  if (isError) return isEmpty(condition) && (groups > 1 || condition.length === 0) ? [[unsaid]] : condition
  // Where there is but one answer that is no error, it comes of all that goes well.
  const told = ways > 1 ? condition : condition.map((row) => row.filter((atom) => !isSuccess(atom)))
  return isEmpty(told) ? always : told
}

const isEmpty = (condition: Condition) => condition.length === 0 || condition.some((row) => row.length === 0)

const isSuccess = ({ subject, op }: Atom) => op === 'absent' && shown(subject).endsWith(' failed')

const whenAnswered = ({ conditions }: Answer) => conditions.reduce<Condition>(both, always)

// What code from outside refuses it does not refuse always: with 401 who is not known to it.
const whenRefused = (answer: Answer): Condition =>
  answer.isFramework && answer.conditions.length === 0
    ? [[answer.status === 401 ? unknownCaller : unsaid]]
    : whenAnswered(answer)

// Neither has a body (RFC 9110, 15.3.5 and 15.4.5).
const shapeOf = (answers: readonly Answer[], shapes: Shapes): Shape =>
  answers.some(({ status }) => status === 204 || status === 304)
    ? { type: 'unknown' }
    : shapeOfAll(
        shapes,
        answers.map(({ body }) => body),
      )

// An object by its fields and what is written in them.
const written = (shape: Shape): string =>
  shape.type === 'object'
    ? shape.fields
        .map(({ name, constraints }) => JSON.stringify([name, constraints]))
        .toSorted()
        .join(' ')
    : JSON.stringify(shape)

const fieldsOf = (shape: Shape): string =>
  shape.type === 'object'
    ? shape.fields
        .map(({ name }) => name)
        .toSorted()
        .join(' ')
    : JSON.stringify(shape)
