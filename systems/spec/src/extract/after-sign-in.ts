import { unsaid } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'
import type { Answer } from './observation.ts'
import { isOnlyWhenShown } from './sign-in.ts'

/** What says who calls, where a request or what is handed on with it keeps that: not what more is known of the caller. */
const caller =
  /^(?:req|request|ctx|c|context|res|reply|event)\b[^(]*\.(?:\w*[uU]ser(?:_?[iI]d)?|auth|session|account|identity|principal|viewer)(?:\.(?:_?id|uid|sub|user(?:_?[iI]d)?))?$|^(?:c|ctx|context|res)\b.*\.get\("(?:\w*[uU]ser(?:_?[iI]d)?|auth|session|account|viewer)"\)(?:\.(?:_?id|uid|sub))?$/

/**
 * Where something before a handler refuses who is not signed in, code that asks later whether the caller is known may never find that he is not: of what it
 * answers then it is not known whether it ever comes.
 */
export function afterSignIn(answers: readonly Answer[]): Answer[] {
  const refusing = answers.findIndex(
    (one) => one.status === 401 && one.isBefore === true && !isOnlyWhenShown(one),
  )
  const first = answers[refusing]
  if (!first) return [...answers]
  return answers.map((one, index) =>
    index > refusing && one.site.symbol !== first.site.symbol && asksForCaller(one)
      ? { ...one, conditions: [...one.conditions, [[unsaid]]] }
      : one,
  )
}

const asksForCaller = ({ conditions }: Answer): boolean =>
  conditions.some(
    (condition) =>
      condition.length > 0 &&
      condition.every((row) =>
        row.some(({ subject, op }) => (op === 'absent' || op === 'false') && caller.test(shown(subject))),
      ),
  )
