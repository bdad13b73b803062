import type { Atom, Condition } from '../facts/condition.ts'
import type { Pack } from '../packs/pack.ts'
import { placesOf } from '../resolve/places.ts'
import type { Site } from '../resolve/values.ts'
import type { Answer } from './observation.ts'
import { showsStatus } from './shown.ts'

/**
 * Where answers that are one fact come from: the place that entails it, then where the status is set, what the condition says is asked, and the calls that lead
 * there. `tell`: the words of what is asked. `around`: declarations that may say the status. `isShown` is false where no code says it: then it is what the framework makes of it.
 */
export function sitesOfAnswers(
  answers: readonly [Answer, ...Answer[]],
  condition: Condition,
  around: readonly Site[],
  packs: readonly Pack[],
  tell: (atom: Atom) => Atom = (atom) => atom,
): { first: Site; others: Site[]; isShown: boolean } {
  const [{ status }] = answers
  const first = decidedAt(answers[0])
  const given = answers.map(({ site }) => site)
  const others = [
    // Each with its own status.
    ...answers
      .slice(0, 3)
      .flatMap((one) => [one.site, ...[statusSiteOf(one)].filter((site) => site !== null)]),
    // The calls that lead there and what answers an error; then what is asked.
    ...answers[0].through,
    ...askedFor(answers, condition, tell),
    ...answers.flatMap(({ through }) => through),
    ...given.slice(3),
  ]
  const all = [first, ...others, ...answers.flatMap(({ statusAt = [] }) => statusAt).map(asLine), ...around]
  const set = all.find((site) => showsStatus(status, [textOf(site)], packs))
  return { first, others: set && set !== first ? [set, ...others] : others, isShown: set !== undefined }
}

/** Where the status of an answer is said; null where no place of it shows that. */
export const statusSiteOf = ({ site, through, statusAt = [], status }: Answer): Site | null =>
  [site, ...through.toReversed(), ...statusAt.map(asLine)].find((one) =>
    showsStatus(status, [textOf(one)]),
  ) ?? null

// Where what the condition says of the answers is asked.
function askedFor(answers: readonly Answer[], condition: Condition, tell: (atom: Atom) => Atom): Site[] {
  const keyOf = ({ subject, value }: Condition[number][number]) => JSON.stringify([subject, value])
  const said = new Set(condition.flat().map(keyOf))
  return askedAt(
    answers.flatMap(({ conditions }) => conditions.flat(2)).filter((atom) => said.has(keyOf(tell(atom)))),
  )
}

/** Where atoms are asked: all tests before what their parts were set by. */
export function askedAt(atoms: Iterable<Atom>): Site[] {
  const places = [...new Set(atoms)].map(placesOf)
  const longest = Math.max(0, ...places.map(({ length }) => length))
  return Array.from({ length: longest }, (_, back) => places.flatMap((all) => all[back] ?? [])).flat()
}

/** Where an answer is decided: where a function that only writes what it is given is called with the status, what is said there entails it. */
export function decidedAt({ site, through, status, raisedBy }: Answer): Site {
  const call = through.at(-1)
  const isWithin = call?.module === site.module && call.start <= site.start && site.end <= call.end
  return !call || isWithin || status < 400 || raisedBy !== '' || saysStatus.test(textOf(site)) ? site : call
}

const saysStatus = /[1-5]\d\d|Status[A-Z]|not_?found|bad_?request|forbidden|unauthori[sz]ed|abort|refuse/i

const textOf = ({ module, start, end }: Site): string => module.text.slice(start, end)

// A number alone says nothing: its line does.
function asLine(site: Site): Site {
  if (!/^\d+$/.test(textOf(site))) return site
  const { text } = site.module
  const begin = text.lastIndexOf('\n', site.start) + 1
  const rest = text.indexOf('\n', site.end)
  const end = rest < 0 ? text.length : rest
  const line = text.slice(begin, end)
  return line.trim().length > maxLine
    ? site
    : { ...site, start: begin + line.length - line.trimStart().length, end: begin + line.trimEnd().length }
}
const maxLine = 200
