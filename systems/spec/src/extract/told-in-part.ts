import { unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { aTestIn, namedAs, shown, untoldIn } from '../facts/expression.ts'
import { onceFor } from '../facts/once-for.ts'
import { isSure, isTold, sayNear } from '../requirements/say-condition.ts'
import { testsOf } from '../resolve/places.ts'
import { isNearer, placeKey, placesIn } from './nearest.ts'
import type { Asked, Case } from './nearest.ts'
import type { Answer } from './observation.ts'

/** What a sentence tells of a case of which not all can be told. */
const maxAtoms = 3

/**
 * Errors of which it is not all known when they come: told by the test around the place that answers, where people can read it, and by that more is asked. Left
 * as they are where another answer of the operation would read the same.
 */
export function toldInPart<One extends Case>(all: readonly One[], tell: (atom: Atom) => Atom): One[] {
  const parts = new Map<One, Part>()
  for (const one of all) {
    const part = partOf(one, tell)
    if (part) parts.set(one, part)
  }
  const said = Map.groupBy(
    all.flatMap((one) => (parts.get(one)?.told ?? (one.isOpen ? [] : one.condition)).map(wordsOf)),
    (words) => words,
  )
  const isOfOne = (row: Condition[number]) => said.get(wordsOf(row))?.length === 1
  return all.flatMap((one): One[] => {
    const part = parts.get(one)
    if (!part || !part.told.every(isOfOne)) return [one]
    return [
      { ...one, condition: part.told, isOpen: false },
      ...(part.rest.length > 0 ? [{ ...one, condition: part.rest }] : []),
    ]
  })
}

interface Part {
  told: Condition
  rest: Condition
}

function partOf(one: Case, tell: (atom: Atom) => Atom): Part | null {
  const [first] = one.answers
  if (!one.isOpen || !first || first.status < 400 || one.answers.some(({ isUnsure }) => isUnsure)) return null
  const places = placesIn(one.answers, tell)
  const told = new Map<string, Condition[number]>()
  const rest: Condition = []
  for (const row of one.condition) {
    // What may not come at all is asked.
    const near = row.some(({ subject }) => subject === unsaid.subject) ? null : nearOf(row, places)
    const kept = new Set(near)
    const made = [...(near ?? []), ...row.filter((atom) => !kept.has(atom)).map((atom) => asFar(atom, first))]
    if (near !== null && isSure(row, first.status) && isTold([made])) told.set(wordsOf(made), made)
    else rest.push(row)
  }
  const all = [...told.values()]
  return all.length > 0 && isTold(all) ? { told: all, rest } : null
}

// What is asked nearest to the answer, where all of that can be told.
function nearOf(row: Condition[number], places: ReadonlyMap<string, Asked>): Condition[number] | null {
  const asked = row
    .flatMap((atom) => {
      const at = places.get(placeKey(atom))
      return at && isTest(atom) ? [{ atom, at }] : []
    })
    .toSorted((a, b) => (isNearer(a.at, b.at) ? -1 : isNearer(b.at, a.at) ? 1 : 0))
  const [first] = asked
  if (!first || first.at.distance > 1) return null
  const near = asked.filter(({ at }) => at.test === first.at.test).map(({ atom }) => atom)
  return near.length <= maxAtoms && near.every(isToldAlone) ? near : null
}

const isToldAlone = onceFor((atom: Atom) => isTold([[atom]]))

// What asks something of its own: no test that is not told, nothing that a framework asks, and not which of two constants another one is.
const isTest = ({ subject }: Atom): boolean =>
  !/^[@?]|^request$/.test(subject) && untoldIn(subject) === null && !ofConstants.test(shown(subject))
const ofConstants = /^([A-Z]\w*(?:\.[A-Z]\w*)*)\.\w+ == \1\.\w+$/

const wordsOf = (row: Condition[number]): string => sayNear(row).join('\n')

// That there is a further test, and which one, without what it asks where people could not read that.
function asFar(atom: Atom, { site }: Answer): Atom {
  if (isToldAlone(atom)) return { ...atom, isFar: true }
  const { symbol, module } = testsOf(atom)[0] ?? site
  const name = untoldIn(atom.subject) ?? (symbol === '' ? module.path : symbol)
  return { ...atom, subject: namedAs(aTestIn(name), atom.subject), isFar: true }
}
