import type { Atom, Condition } from '../facts/condition.ts'
import { always, negateAtom, normalizeCondition, unfit, unknownCaller, unsaid } from '../facts/condition.ts'
import { partedIn, shown } from '../facts/expression.ts'
import { onceFor } from '../facts/once-for.ts'
import type { Shape } from '../facts/shape.ts'
import type { PathTemplate } from '../packs/path.ts'
import { isSameCase, isSure, isTold } from '../requirements/say-condition.ts'
import { allOf, resolved } from '../resolve/conditions.ts'
import { isSpare, isUnthrown, leftOf, untold } from '../resolve/told.ts'
import { simplified, saidOnce } from '../resolve/when.ts'
import { placeKey } from '../resolve/values.ts'
import { afterEarlier } from './earlier-errors.ts'
import { toldByNearest } from './nearest.ts'
import { toldInPart } from './told-in-part.ts'
import type { Answer } from './observation.ts'
import type { Shapes } from './shapes.ts'
import { shapeOfAll } from './value-shapes.ts'

/** Answers that are one fact: the same status and, of errors, the same text, of others what is written in them. */
export interface AnswerGroup {
  answers: Answer[]
  /** When any of them comes; `[[]]` is always. */
  condition: Condition
  /** What is asked where the condition says it in one word. */
  asks?: Condition
  shape: Shape
  /** It is not known when it comes, or in more words than anybody reads: a question. */
  isOpen: boolean
}

/** Ways to answer with one status that are told apart; where there are more, they are told apart by their fields alone, then not at all. */
const maxWays = 8
/** Facts that cases of one answer are told by, each by one of its own, where they are too many for one sentence: of more, those that ask least. */
const maxApart = 12

/** Groups an operation's answers into facts; `tell` gives the words of a condition, `isCut`: its code was not followed to its end. */
export function answerGroups(
  answers: readonly Answer[],
  shapes: Shapes,
  tell: Tell = (condition) => condition,
  isCut = false,
): AnswerGroup[] {
  const bodied = answers.map((answer) => ({ answer, shape: shapeOf([answer], shapes) }))
  const errors = answers.filter(({ status }) => status >= 400)
  const keyOfError = ({ status, message }: Answer) => `${status} ${message}`
  const ofCode = new Set(errors.filter(({ body }) => body !== null).map(keyOfError))
  // What the framework answers has a body of its own.
  const groups: Answer[][] = [
    ...Map.groupBy(
      errors,
      (one) => `${keyOfError(one)} ${isMisfit(one) && ofCode.has(keyOfError(one))}`,
    ).values(),
  ]
  const good = bodied.flatMap(({ answer, shape }) =>
    answer.status < 400
      ? [{ answer: { ...answer, conditions: answer.conditions.filter((one) => !isUnthrown(one)) }, shape }]
      : [],
  )
  for (const same of Map.groupBy(good, ({ answer }) => answer.status).values()) {
    const found = [written, fieldsOf, () => '']
      .map((key) => Map.groupBy(same, ({ shape }) => key(shape)))
      .find((one) => one.size <= maxWays)
    for (const way of found?.values() ?? []) groups.push(way.map(({ answer }) => answer))
  }
  const ways = groups.filter(([first]) => first && first.status < 400)
  // Code that was not followed to its end may go well otherwise than where it was seen to redirect.
  const isPerhaps = (isCut || ways.every((all) => isOfRefusal(all, errors))) && ways.every(isRedirect)
  const told = groups.flatMap((group) =>
    cases(withoutEarlier(group), isPerhaps ? Infinity : ways.length, groups.length, tell),
  )
  // What goes well in one status only, and nobody knows how when, goes well so: that is known.
  const isOne =
    !isPerhaps &&
    new Set(ways.map(([first]) => first?.status)).size === 1 &&
    !ways.flat().some((one) => one.isUnsure)
  const isUnknown = told.every(({ isOpen, answers: [first] }) => isOpen || !first || first.status >= 400)
  const kept =
    isOne && isUnknown
      ? [
          ...told.filter(({ answers: [first] }) => first && first.status >= 400),
          { answers: ways.flat(), condition: always, isOpen: false },
        ]
      : told
  const tellAtom = (atom: Atom) => tell([[atom]])[0]?.[0] ?? atom
  // What comes when the same does is one.
  return [
    ...Map.groupBy(
      afterEarlier(toldInPart(toldByNearest(withoutContradictions(kept), tellAtom), tellAtom), answers, tell),
      ({ answers: [first], condition }) =>
        JSON.stringify([first?.status, first && first.status >= 400 ? first.message : '', condition]),
    ).values(),
  ].flatMap((all) => {
    const own = [...new Set(all.flatMap((one) => one.answers))]
    const [one] = all
    return one ? [{ ...one, answers: own, shape: shapeOf(own, shapes) }] : []
  })
}

const isRedirect = ([first]: readonly Answer[]) => first !== undefined && first.status >= 300

// A function that answers errors, called in several places, sends some of these elsewhere.
const isOfRefusal = (all: readonly Answer[], errors: readonly Answer[]): boolean =>
  all.length > 1 &&
  all.every(({ site }) =>
    errors.some(
      (one) =>
        one.site.module === site.module &&
        one.site.symbol === site.symbol &&
        one.body !== null &&
        site.symbol !== '',
    ),
  ) &&
  new Set(all.map(({ site }) => placeKey(site))).size < all.length

/** What holds of the variables of a path wherever it is asked for: none of them is ever missing, and none empty but where its pattern lets it be. */
export const pathThere = (variables: PathTemplate['variables']): Atom[] =>
  variables.flatMap(({ name, pattern }) => [
    { subject: `path.${name}`, op: 'present' },
    ...(takesNothing.test(pattern) ? [] : filled(`path.${name}`)),
  ])

/** Answers of code before which all of `there` holds. */
export function possibleAnswers(answers: readonly Answer[], there: readonly Atom[]): Answer[] {
  const given = new Set(there.map(keyOf))
  const isSpare = ({ subject, ...atom }: Atom) =>
    given.has(keyOf({ ...atom, subject: subject.replace(inPackage, '') }))
  const isPossible = (row: Condition[number]) => !row.some((atom) => isSpare(negateAtom(atom)))
  return answers.flatMap((answer) => {
    const conditions = answer.conditions.map((one) =>
      one.every((row) => isPossible(row) && !row.some(isSpare))
        ? one
        : leftOf(
            one,
            one.filter(isPossible).map((row) => row.filter((atom) => !isSpare(atom))),
          ),
    )
    return conditions.some((one, index) => one.length === 0 && answer.conditions[index]?.length !== 0)
      ? []
      : [{ ...answer, conditions }]
  })
}

const keyOf = ({ subject, op, value }: Atom) => `${op} ${String(value)} ${subject}`

/** All that says of a text that it is not empty. */
export const filled = (subject: string): Atom[] => [
  { subject, op: '!=', value: '' },
  { subject: `${subject}.isEmpty()`, op: 'false' },
  ...['StringUtils.', 'ObjectUtils.', ''].map((of): Atom => ({
    subject: `${of}isEmpty(${subject})`,
    op: 'false',
  })),
  ...['Strings.', ''].map((of): Atom => ({ subject: `${of}isNullOrEmpty(${subject})`, op: 'false' })),
  ...['StringUtils.', ''].map((of): Atom => ({ subject: `${of}isNotEmpty(${subject})`, op: 'true' })),
  ...[`${subject}.length()`, `${subject}.length`, `len(${subject})`].flatMap((length): Atom[] => [
    { subject: length, op: '!=', value: 0 },
    { subject: length, op: '>', value: 0 },
  ]),
]

/** Of Java's, a class by its full name. */
const inPackage = /^(?:[a-z]\w*\.)+(?=[A-Z]\w*\.)/

/** Patterns of a part of a path that may be empty. */
const takesNothing = /\*|\?|\{0,/

// What one of them comes of first need not be said not to hold of another: where it does, that one comes.
function withoutEarlier(answers: readonly Answer[]): readonly Answer[] {
  if (answers.length < 2) return answers
  const keyed = answers.map((answer) => ({ answer, keys: answer.conditions.map(keyOfAll) }))
  const earlier = keyed.flatMap(({ answer: { conditions }, keys }) => {
    const last = conditions.at(-1)
    const opposite = last ? untold(last) : []
    const isTold =
      last && ![...last, ...opposite].some((row) => row.some(({ subject }) => subject === unsaid.subject))
    return isTold ? [{ rest: keys.slice(0, -1), last: keyOfAll(last), opposite: keyOfAll(opposite) }] : []
  })
  return keyed.map(({ answer, keys }) => {
    const own = new Set(keys)
    const spare = new Set(
      earlier.flatMap(({ rest, last, opposite }) =>
        own.has(opposite) && !own.has(last) && rest.every((one) => own.has(one)) ? [opposite] : [],
      ),
    )
    return spare.size === 0
      ? answer
      : { ...answer, conditions: answer.conditions.filter((_, at) => !spare.has(keys[at] ?? '')) }
  })
}

const keyOfAll = onceFor((condition: Condition) =>
  JSON.stringify(normalizeCondition(condition, { keepsUnsaid: true })),
)

type Case = Omit<AnswerGroup, 'shape'>

// Of two errors that would come in the same case, as far as that is told, at most one does: which is not known.
function withoutContradictions(all: readonly Case[]): Case[] {
  const told = all.flatMap(({ answers: [first], condition, isOpen }) =>
    isOpen || !first || first.status < 400 ? [] : condition.map((row) => ({ first, row })),
  )
  return all.flatMap((one) => {
    const [first] = one.answers
    if (one.isOpen || !first || first.status < 400) return [one]
    const isDenied = (row: Condition[number]) =>
      row.length > 0 && told.some((other) => isOtherError(first, other.first) && isSameCase(row, other.row))
    const denied = one.condition.filter(isDenied)
    if (denied.length === 0) return [one]
    const left = one.condition.filter((row) => !denied.includes(row))
    return [
      ...(left.length > 0 ? [{ ...one, condition: left }] : []),
      { ...one, condition: denied.map((row) => [...row, unsaid]), isOpen: true },
    ]
  })
}

const isOtherError = (a: Answer, b: Answer): boolean =>
  a.status !== b.status || (a.message !== b.message && a.message !== '' && b.message !== '')

// The same; where not all of it can be told it is told without what says that earlier errors did not come, as far as that tells more.
function cases(answers: readonly Answer[], ...of: [number, number, Tell]): Case[] {
  const told = casesOf(answers, ...of)
  const openRows = (all: readonly Case[]) =>
    all.flatMap(({ condition, isOpen }) => (isOpen ? condition : [])).length
  if (openRows(told) === 0 || !answers.some(({ conditions }) => conditions.some(isSpare))) return told
  const shorter = casesOf(
    answers.map((one) => ({ ...one, conditions: one.conditions.filter((each) => !isSpare(each)) })),
    ...of,
  )
  return openRows(shorter) < openRows(told) ? shorter : told
}

type Tell = (condition: Condition) => Condition

// When answers come, `ways` being how many go well of all `groups`: what is told of it, in one fact or by its cases, and what is not.
function casesOf(answers: readonly Answer[], ways: number, groups: number, tell: Tell): Case[] {
  const isError = answers.some(({ status }) => status >= 400)
  const whens = answers.map((answer) => (isError ? whenRefused(answer) : whenAnswered(answer)))
  const among = whens.flat()
  const rows = new Map(answers.map((answer, at) => [answer, tell(saidOnce(whens[at] ?? [], among))]))
  const all = normalizeCondition([...rows.values()].flat(), { keepsUnsaid: true })
  const isUnsaid = (row: Condition[number]) => row.some(({ subject }) => subject === unsaid.subject)
  const one = (condition: Condition, isOpen: boolean): Case => ({
    answers: answersOf(rows, condition),
    condition,
    isOpen,
  })
  if (answers.some(({ isUnsure }) => isUnsure)) return [one([[unsaid]], true)]
  const [open, known] = [all.filter(isUnsaid), all.filter((row) => !isUnsaid(row))]
  // Where but one answer goes well, it comes of all that goes well.
  if (!isError && ways === 1) {
    const told = open.length > 0 ? always : resolved(simplified(known))
    // A part of what it comes of would be taken for all of it.
    return [
      one(
        isEmpty(told) || told.some((row) => row.some(isSuccess) || row.every(isSuccessShown)) || !isTold(told)
          ? always
          : told,
        false,
      ),
    ]
  }
  const told = known.length > 0 ? resolved(simplified(known)) : []
  if (known.length > 0 ? isEmpty(told) : open.length === 0)
    return [isError && (groups > 1 || all.length === 0) ? one([[unsaid]], true) : one(always, false)]
  const clear = told.filter((row) => isTold([row]) && (!isError || isSure(row, answers[0]?.status ?? 0)))
  const kept = isTold(clear) ? clear : clear.toSorted((a, b) => a.length - b.length).slice(0, maxApart)
  const parts =
    kept.length === 0 ? [] : isTold(kept) ? [one(kept, false)] : kept.map((row) => one([row], false))
  const rest = [...told.filter((row) => !kept.includes(row)), ...open]
  return [...parts, ...(rest.length > 0 ? [one(rest, true)] : [])]
}

// Those that come in one of these cases, or in one of which these are said.
function answersOf(rows: ReadonlyMap<Answer, Condition>, condition: Condition): Answer[] {
  const asked = condition.map((row) => row.map(textOf))
  const own = [...rows].flatMap(([answer, all]) =>
    all.some((row) => {
      const texts = new Set(row.map(textOf))
      return asked.some((one) => one.every((text) => texts.has(text)))
    })
      ? [answer]
      : [],
  )
  return own.length > 0 ? own : [...rows.keys()]
}

const textOf = onceFor((atom: Atom) => JSON.stringify(atom))

const isEmpty = (condition: Condition) => condition.length === 0 || condition.some((row) => row.length === 0)

const isSuccess = ({ subject, op }: Atom) => op === 'absent' && partedIn(subject).text.endsWith(' failed')
// The same of a call that is too long to be shown whole.
const isSuccessShown = ({ subject, op }: Atom) =>
  op === 'absent' && shown(partedIn(subject).text).endsWith(' failed')

const whenAnswered = ({ conditions }: Answer) => allOf(conditions)

// What code from outside refuses it does not refuse always: with 401 who is not known to it.
const whenRefused = (answer: Answer): Condition =>
  answer.isFramework && answer.conditions.length === 0
    ? [[answer.status === 401 ? unknownCaller : unsaid]]
    : whenAnswered(answer)

const isMisfit = ({ isFramework, body, conditions }: Answer) =>
  isFramework && body === null && conditions.includes(unfit)

// Neither has a body (RFC 9110, 15.3.5 and 15.4.5).
const shapeOf = (answers: readonly Answer[], shapes: Shapes): Shape =>
  answers.some(({ status }) => status === 204 || status === 304) ||
  (answers.some(isBare) && !answers.every(isBare))
    ? { type: 'unknown' }
    : shapes.ofBody(
        shapeOfAll(
          shapes,
          answers.map(({ body }) => body),
          partsThere(answers),
        ),
        'write',
      )

// Parts of the request that are there in all cases of these answers.
function partsThere(answers: readonly Answer[]): ReadonlySet<string> {
  const [first = [], ...others] = answers
    .flatMap(whenAnswered)
    .map((row) =>
      row.flatMap(({ subject, op }) => (/^(?:present|true|==|in|matches)$/.test(op) ? [subject] : [])),
    )
  return new Set(first.filter((subject) => others.every((row) => row.includes(subject))))
}

// What code of JavaScript ends with nothing said has none of the fields of what else is answered so.
const isBare = ({ status, body, isFramework, raisedBy, site }: Answer): boolean =>
  status >= 400 && isNone(body) && !isFramework && raisedBy === '' && site.module.language === 'javascript'

const isNone = (body: Answer['body']): boolean =>
  body === null || (body.t === 'const' && (body.v === null || body.v === ''))

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
