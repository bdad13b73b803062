import { isUnknownCaller, normalizeCondition, unknownCallerBy, unsaid } from '../facts/condition.ts'
import type { Atom } from '../facts/condition.ts'
import type { Fact } from '../facts/fact.ts'
import { both } from '../resolve/conditions.ts'
import type { AnswerGroup } from './answer-groups.ts'
import { shown, untoldIn, whole } from '../facts/expression.ts'
import type { Answer } from './observation.ts'
import { ofNobody } from './service-keys.ts'
import { isOnlyWhenShown } from './only-when-shown.ts'
import { isForSomePaths } from './sign-in.ts'

type Guard = Extract<Fact, { kind: 'guard' }>

/** What says who calls, where a request or what is handed on with it keeps that: not what more is known of the caller. */
const caller =
  /^(?:req|request|ctx|c|context|res|reply|event)\b[^(\s]*\.(?:\w*[uU]ser(?:_?[iI]d)?|auth|session|account|identity|principal|viewer)(?:\.(?:_?id|uid|sub|user(?:_?[iI]d)?))?$|^(?:c|ctx|context|res)\b\S*\.get\("(?:\w*[uU]ser(?:_?[iI]d)?|auth|session|account|viewer)"\)(?:\.(?:_?id|uid|sub))?$/

/** The same of Java: the security context of Spring, and of JAX-RS. */
const callerOfJava =
  /^(?:SecurityContextHolder\.getContext\(\)\.getAuthentication\(\)(?:\.(?:getPrincipal|getName|isAuthenticated)\(\))?|(?:\w*[sS]ecurityContext|request|req)\.getUserPrincipal\(\)(?:\.getName\(\))?|principal|authentication)$/

/**
 * Where something before a handler refuses who is not signed in, code that asks later whether the caller is known may never find that he is not: of what it
 * answers then it is not known whether it ever comes. Nor is it of a refusal for some paths that were not told apart.
 */
export function afterSignIn(all: readonly Answer[]): Answer[] {
  const answers = all.map((one) => (isRefusal(one) && isForSomePaths(one) ? unsure(one) : one))
  const others = ofNobody(answers)
  const refusing = answers.findIndex(
    (one) =>
      (one.status === 401 || (one.status === 403 && one.isFramework && isOfUnknown(one))) &&
      !others.includes(one) &&
      one.isBefore === true &&
      !isForSomePaths(one) &&
      one.isOfShown !== true &&
      !isOnlyWhenShown(one),
  )
  const first = answers[refusing]
  if (!first) return answers
  return answers.flatMap((one, index) => {
    if (index <= refusing || one.site.symbol === first.site.symbol) return [one]
    const left = isOfUnknown(first) ? asSignedIn(one) : one
    return left === null ? [] : [asksForCaller(left) ? unsure(left) : left]
  })
}

/** Django: what asks whether the caller is signed in, and nothing else. */
const isSignedIn = /^(?:self\.)?request\.user\.is_(authenticated|anonymous)(?:\(\))?$/

// Without the cases in which nobody is signed in; null where no other is left.
function asSignedIn(one: Answer): Answer | null {
  const isOfNobody = ({ subject, op }: Atom) => {
    const asked = isSignedIn.exec(shown(subject))?.[1]
    return asked !== undefined && (op === 'false') === (asked === 'authenticated')
  }
  const conditions = one.conditions.map((condition) => condition.filter((row) => !row.some(isOfNobody)))
  if (conditions.some((rows, at) => rows.length === 0 && (one.conditions[at]?.length ?? 0) > 0)) return null
  return { ...one, conditions }
}

const isOfUnknown = ({ conditions }: Answer): boolean =>
  conditions.some((condition) =>
    condition.some((row) => row.every(({ subject, op }) => op === 'false' && isUnknownCaller(subject))),
  )

const unsure = (one: Answer): Answer => ({ ...one, conditions: [...one.conditions, [[unsaid]]] })

const isRefusal = ({ status }: Answer) => status === 401 || status === 403

const asksForCaller = ({ conditions }: Answer): boolean =>
  conditions.some(
    (condition) =>
      condition.length > 0 &&
      condition.every((row) =>
        row.some(
          ({ subject, op }) =>
            (op === 'absent' || op === 'false') &&
            (caller.test(shown(subject)) || callerOfJava.test(shown(subject))),
        ),
      ),
  )

/** The guard that refuses who is not signed in with 401; undefined where none does. */
export const guardOfUnknown = (facts: readonly Fact[]) =>
  facts.find(
    (fact): fact is Guard =>
      fact.kind === 'guard' &&
      (fact.guard === 'authentication' || fact.guard === 'role') &&
      !fact.isOptional &&
      fact.status === 401,
  )

/**
 * What a guard that refuses who is not signed in answers with 401, in more cases than two, or by tests that are not told, is of who is not: which tests say so is left to what is shown of it, and
 * to its condition, which is another one for other tests. Where it says several things, each is told by its case, but for the one that is said to whom it finds by nothing that is shown.
 */
export function signedOut(groups: readonly AnswerGroup[], facts: readonly Fact[]): AnswerGroup[] {
  const guard = guardOfUnknown(facts)
  if (!guard) return [...groups]
  const isOfGuard = ({ site, through }: Answer) =>
    [site, ...through].some(({ module, symbol }) =>
      guard.evidence.some((one) => one.path === module.path && one.symbol === symbol && symbol !== ''),
    )
  const all = groups.filter(({ answers }) =>
    answers.every(
      (one) =>
        one.status === 401 &&
        one.isBefore === true &&
        one.isOfShown !== true &&
        !one.isFramework &&
        isOfGuard(one),
    ),
  )
  const saysOther = all.some((one) => one.isOpen && textOf(one) !== textOf(all.find(({ isOpen }) => !isOpen)))
  // Of several the one is of who is not signed in that finds nobody by what he shows.
  const refused = saysOther ? onlyOf(all.filter(findsNobody(guard))) : all.filter(({ isOpen }) => !isOpen)
  const [first, ...others] = refused
  const asks = refused.flatMap(({ condition }) => condition)
  // What is told in few words, and in words that all find, says more.
  const isMuch =
    saysOther ||
    others.length > 0 ||
    asks.length > 2 ||
    asks.flat().some(({ subject }) => untoldIn(subject) !== null)
  const isKnown = asks.every((row) => row.some(({ subject }) => isUnknownCaller(subject)))
  const isOne = others.every((one) => textOf(one) === textOf(first))
  if (!first || !isMuch || isKnown || !isOne) return [...groups]
  const made: AnswerGroup = {
    answers: refused.flatMap(({ answers }) => answers),
    shape: first.shape,
    condition: normalizeCondition(both(guard.condition, [[unknownCallerBy(asks)]])),
    asks,
    isOpen: false,
  }
  return groups.flatMap((one) => (one === first ? [made] : refused.includes(one) ? [] : [one]))
}

const textOf = (group: AnswerGroup | undefined): string | undefined => group?.answers[0]?.message

const onlyOf = <T>(all: readonly T[]): readonly T[] => (all.length === 1 ? all : [])

// What asks whether there is something by a header, a cookie or a key that shows who calls.
const findsNobody =
  ({ credentials }: Guard) =>
  ({ condition }: AnswerGroup): boolean =>
    condition.length > 0 &&
    condition.every(
      ([asked, ...others]) =>
        asked?.op === 'absent' &&
        others.length === 0 &&
        credentials.some((one) => whole(asked.subject).includes(`${one.in}.${one.name}`)),
    )
