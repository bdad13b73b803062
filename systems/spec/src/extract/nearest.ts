import { onceFor } from '../facts/once-for.ts'
import { isOfProgram } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { shown, untoldIn } from '../facts/expression.ts'
import { countLeft, sayNear } from '../requirements/say-condition.ts'
import { testsOf } from '../resolve/places.ts'
import type { Site } from '../resolve/values.ts'
import { decidedAt } from './answer-sites.ts'
import type { Answer } from './observation.ts'

/** Tests of a case, and what they ask, that a sentence tells. */
const [maxTests, maxAtoms] = [2, 3]
/** A case that asks no more than as much, and of the request alone, is told whole. */
const [maxWhole, maxOfRequest] = [2, 4]

export interface Case {
  answers: readonly Answer[]
  condition: Condition
  isOpen: boolean
}

/**
 * Answers of an operation, of each case marked what is asked far from where it answers: a sentence tells the tests around that place, else the one before
 * it, and how many more there are. Cases of one error that are then told alike are one; where two answers would be, all of both is told.
 */
export function toldByNearest<One extends Case>(all: readonly One[], tell: (atom: Atom) => Atom): One[] {
  const rows = all.flatMap((one): Told<One>[] => {
    if (one.isOpen) return []
    const answer = answerOf(one)
    return withFar(one.condition, one.answers, tell).map((near, at) => ({
      one,
      answer,
      near,
      whole: one.condition[at] ?? near,
      words: sayNear(near).join('\n'),
    }))
  })
  const byWords = Map.groupBy(rows, ({ words }) => words)
  const home = new Map<string, One>()
  const kept = new Map<One, Told<One>[]>()
  for (const row of rows) {
    const isAlike = byWords.get(row.words)?.some(({ answer }) => answer !== row.answer) === true
    const key = `${typeof row.answer === 'string' ? row.answer : all.indexOf(row.one)}\n${row.words}`
    const first = isAlike ? row.one : (home.get(key) ?? row.one)
    home.set(key, first)
    kept.set(first, [...(kept.get(first) ?? []), isAlike ? { ...row, near: row.whole } : row])
  }
  return all.flatMap((one) => {
    if (one.isOpen || one.condition.length === 0) return [one]
    const own = kept.get(one) ?? []
    const answers = new Set(own.flatMap((row) => row.one.answers))
    return own.length === 0 ? [] : [{ ...one, answers: [...answers], condition: own.map(({ near }) => near) }]
  })
}

/** A case of an answer, and what a sentence tells of it. */
interface Told<One> {
  one: One
  answer: string | Case
  near: Condition[number]
  whole: Condition[number]
  words: string
}

/** What is one answer, however many facts tell of it. */
const answerOf = (one: Case): string | Case => {
  const [first] = one.answers
  return first && first.status >= 400 ? `${first.status} ${first.message}` : one
}

/** Where what answers ask is asked, as seen from them. */
export function placesIn(answers: readonly Answer[], tell: (atom: Atom) => Atom): Map<string, Asked> {
  const places = new Map<string, Asked>()
  for (const answer of answers)
    for (const [index, one] of answer.conditions.entries())
      for (const [order, atom] of one.flat().entries()) {
        const key = placeKey(tell(atom))
        const found = askedOf(atom, answer, index, order)
        const known = places.get(key)
        if (!known || isNearer(found, known)) places.set(key, found)
      }
  return places
}

function withFar(condition: Condition, answers: readonly Answer[], tell: (atom: Atom) => Atom): Condition {
  if (condition.every(isShort)) return condition
  const places = placesIn(answers, tell)
  return condition.map((row) => {
    if (isShort(row)) return row
    const asked = row
      // That there is a test, and where, says less than any.
      .filter(
        ({ subject }, _, all) =>
          untoldIn(subject) === null || all.every((one) => untoldIn(one.subject) !== null),
      )
      .map((atom) => ({ atom, at: places.get(placeKey(atom)) ?? nowhere }))
      .toSorted((a, b) => (isNearer(a.at, b.at) ? -1 : isNearer(b.at, a.at) ? 1 : 0))
    const tests = [...Map.groupBy(asked, ({ at }) => at.test).values()]
    const near = tests
      .filter(
        ([first], index) => index === 0 || (index < maxTests && first !== undefined && first.at.distance < 2),
      )
      .flat()
    const kept = new Set(near.slice(0, maxAtoms).map(({ atom }) => atom))
    const told = row.map((atom) =>
      kept.has(atom) || isOfProgram(atom) ? atom : { ...atom, isFar: true as const },
    )
    // To say that there is one more takes as many words as that one.
    return kept.size < maxAtoms && countLeft(told) < 2 ? row : told
  })
}

const isShort = (row: Condition[number]): boolean =>
  row.length <= maxWhole ||
  (row.length <= maxOfRequest &&
    row.every(({ subject }) => ofRequest.test(subject) || subject.startsWith('@')))

const ofRequest = /^(?:path|query|header|cookie|form|body)(?:\.[\w.-]+)?(?: failed)?$/

/** What an atom has of its own in `placesIn`. */
export const placeKey = ({ subject, value }: Atom) => JSON.stringify([subject, value ?? null])

/** Where an atom is asked, as seen from an answer. */
export interface Asked {
  /** 0 where the answer stands in a branch of the test, 1 where something failed, 2 where code went on from the test. */
  distance: 0 | 1 | 2
  index: number
  order: number
  /** What is asked together. */
  test: string
}

const nowhere: Asked = { distance: 0, index: 0, order: 0, test: '' }

export const isNearer = (a: Asked, b: Asked): boolean => {
  if (a.distance !== b.distance) return a.distance < b.distance
  return a.index === b.index ? a.order > b.order : a.index > b.index
}

function askedOf(atom: Atom, answer: Answer, index: number, order: number): Asked {
  const tests = testsOf(atom)
  // Of what is asked by no code there is nothing to be near to.
  if (tests.length === 0) return { ...nowhere, index, order }
  const places = answeredAt(answer)
  const isAround = tests.some((test) => places.some((place) => isIn(place, test)))
  // What failed is why the answer comes.
  const distance = isAround ? 0 : isFailure(atom) ? 1 : 2
  return { distance, index, order, test: `${distance} ${answer.site.start} ${index}` }
}

/**
 * Where an answer comes from: where it is given, and, of an error that code answers and of which nothing is asked there or in the function around it, the nearest call that leads there and stands
 * in a branch of a test (`ctx.refuse("not yours")`, by which all is refused).
 */
const answeredAt = onceFor((answer: Answer): readonly Site[] => {
  const own = [answer.site, decidedAt(answer), ...(answer.statusAt ?? [])]
  const tests = answer.conditions.flat(2).flatMap(testsOf)
  const isAsked = (place: Site) => tests.some((test) => isIn(place, test))
  if (answer.status < 400 || answer.raisedBy !== '' || own.some(isAsked)) return own
  for (const call of answer.through.toReversed()) {
    if (isAsked(call)) return [...own, call]
    // What is asked in the function that calls was gone on from.
    if (tests.some(({ module, symbol }) => module === call.module && symbol === call.symbol)) break
  }
  return own
})

const isFailure = ({ subject, op }: Atom) =>
  (op === 'present' && shown(subject).endsWith(' failed')) ||
  (op === 'true' && / failed(?:,| ==) /.test(shown(subject)))

/** Whether a place stands in a branch of a test, as its lines are indented. */
function isIn({ module, start }: Site, test: Site): boolean {
  if (test.module !== module || test.start >= start) return false
  const { text } = module
  const begin = text.lastIndexOf('\n', test.start) + 1
  const least = indentOf(text.slice(begin))
  const lines = text
    .slice(Math.min(test.end, start), text.indexOf('\n', start) >>> 0)
    .split('\n')
    .slice(1)
  return lines.every((line) => line.trim() === '' || indentOf(line) > least || goesOn.test(line))
}

/** What ends a part of a test or a branch, or begins the other one. */
const goesOn = /^\s*(?:[)}\]]|(?:el(?:se|if)|catch|except|case|default)\b)/

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0].length ?? 0
