import { canHold, normalizeCondition, unfit, unlessEarlier, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'
import { onceFor } from '../facts/once-for.ts'
import { allOf } from '../resolve/conditions.ts'
import type { Case } from './nearest.ts'
import type { Answer } from './observation.ts'

type Row = Condition[number]

/**
 * Errors that only come where no check before them refuses, which their cases do not say: that is said in a word. Of checks of a handler and of what it calls,
 * and of one piece of code before it; who may call is said by guards, and that nothing breaks before goes without saying.
 */
export function afterEarlier<One extends Case>(
  told: readonly One[],
  answers: readonly Answer[],
  tell: (condition: Condition) => Condition,
): One[] {
  const checks = answers.flatMap((answer, at) => (isCheck(answer) ? [{ answer, at }] : []))
  if (checks.length < 2) return [...told]
  const words = new Map<Condition, Condition>()
  const wordsOf = (condition: Condition): Condition => {
    let known = words.get(condition)
    if (!known) words.set(condition, (known = tell(condition)))
    return known
  }
  const order = new Map(answers.map((answer, at) => [answer, at]))
  return told.map((one) => {
    const [first] = one.answers
    if (one.isOpen || !first || first.status < 400 || first.isFramework) return one
    const last = Math.max(...one.answers.map((answer) => order.get(answer) ?? -1))
    const before = checks.filter(
      ({ answer, at }) =>
        at < last &&
        isOther(answer, first) &&
        one.answers.some((own) => (order.get(own) ?? -1) > at && isOfSame(answer, own)),
    )
    const mayComeFirst = (row: Row) =>
      before.some(
        ({ answer }) =>
          answer.conditions.every((each) => isPossible(wordsOf(each), row)) && mayCome(answer.conditions),
      )
    return {
      ...one,
      condition: one.condition.map((row) =>
        row.length > 0 && !row.some(isOfFramework) && mayComeFirst(row) ? [...row, unlessEarlier] : row,
      ),
    }
  })
}

// Go returns its errors: what comes after one says that it did not come. So does what Python and Java answer and return from.
const isCheck = ({ status, isFramework, isUnsure, raisedBy, site }: Answer): boolean =>
  status >= 400 &&
  status < 500 &&
  status !== 401 &&
  !isFramework &&
  isUnsure !== true &&
  site.module.language !== 'go' &&
  (raisedBy !== '' || site.module.language === 'javascript')

const isOther = (a: Answer, b: Answer): boolean => a.status !== b.status || a.message !== b.message

// Code of the handler and what it calls; before it, code of one file.
const isOfSame = (a: Answer, b: Answer): boolean =>
  (a.isBefore === true) === (b.isBefore === true) && (a.isBefore !== true || a.site.module === b.site.module)

const isPossible = (condition: Condition, row: Row): boolean =>
  condition.length === 0 ||
  condition.some((other) => {
    const asked = other.filter(({ subject }) => subject !== unsaid.subject)
    return (
      !asked.some((atom) => isFailure(atom) || isNothingTo(atom, row)) &&
      !row.some((atom) => isNothingTo(atom, asked)) &&
      canHold([...asked, ...row])
    )
  })

const mayCome = onceFor(
  (conditions: Answer['conditions']): boolean =>
    normalizeCondition(allOf(conditions), { keepsUnsaid: true }).length > 0,
)

// What is declared of a request is checked before code runs.
const isOfFramework = ({ subject }: Atom): boolean => unfit.some((row) => row[0]?.subject === subject)

const isFailure = ({ subject, op }: Atom): boolean =>
  (op === 'present' || op === 'true') && / failed(?:$|,| ==)/.test(shown(subject))

// Of what is missing nothing is asked.
const isNothingTo = ({ subject, op }: Atom, others: Row): boolean =>
  op === 'absent' &&
  others.some(({ subject: other }) => {
    const at = other.indexOf(subject)
    return at >= 0 && other !== subject && !/\w/.test(other.charAt(at + subject.length))
  })
