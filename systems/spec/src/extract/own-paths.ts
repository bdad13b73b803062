import { unsaid } from '../facts/condition.ts'
import type { Atom } from '../facts/condition.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Answer, Observation } from './observation.ts'

/** What a handler of all paths below one sees of those, as conditions have it. */
const rest = '${path.*}'

const isOfPath = ({ subject, op }: Atom) => subject.includes(rest) && !/^(?:!|not|absent|false)/.test(op)

// A condition that lets it come for some paths alone.
const pathsOf = ({ conditions }: Answer): Atom[] =>
  conditions.flatMap((rows) =>
    rows.length > 0 && rows.every((row) => row.some(isOfPath)) ? rows.flat().filter(isOfPath) : [],
  )

/** Paths that a handler of Go asks for by itself where it is given all of those below one (`r.URL.Path == "/health"`). */
export function ownPaths({ template, pack, asksPath }: FoundOperation, { answers }: Observation): string[] {
  if (pack.framework !== 'net/http' || asksPath !== undefined) return []
  return pathsAsked({ answers }).filter((path) => path.startsWith(template.path))
}

/** Whether a handler of all paths below one refuses all but that one. */
export const isForOne = ({ template, pack, asksPath }: FoundOperation, seen: Observation): boolean =>
  pack.framework === 'net/http' && asksPath === undefined && pathsAsked(seen, '!=').includes(template.path)

export function pathsAsked({ answers }: Pick<Observation, 'answers'>, by = '=='): string[] {
  const found = answers.flatMap((answer) =>
    answer.conditions
      .flat(2)
      .flatMap(({ subject, op, value }) =>
        subject.endsWith(rest) && op === by && typeof value === 'string' ? [value] : [],
      ),
  )
  return [...new Set(found)].filter((path) => /^\/[\w./-]*$/.test(path))
}

/** Answers without those that come for paths of their own; of those for paths that are not known it is not told when they come. */
export function withoutOwnPaths(answers: readonly Answer[], known: readonly string[]): Answer[] {
  return answers.flatMap((answer): Answer[] => {
    const asked = pathsOf(answer)
    if (asked.length === 0) return [answer]
    return asked.every(({ op, value }) => op === '==' && known.includes(String(value)))
      ? []
      : [{ ...answer, isUnsure: true, conditions: [...answer.conditions, [[unsaid]]] }]
  })
}
