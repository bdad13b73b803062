import { negateAtom, normalizeCondition, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { onceFor } from '../facts/once-for.ts'
import { allOf, resolved } from '../resolve/conditions.ts'
import type { Effect, Site } from '../resolve/values.ts'

/** Answers past which a later one is only held against each of them. */
const maxJoined = 12

interface Sent {
  status: number | null
  site: Site
  rows: ReadonlySet<string>[]
  condition: Condition
}

/**
 * What a handler of Go does without answers that come only where another one was sent before: of two statuses the first counts ("superfluous WriteHeader
 * call", pkg.go.dev/net/http). What is written after its status is the same answer.
 */
export function firstAnswers(effects: readonly Effect[]): Effect[] {
  const sent: Sent[] = []
  return effects.filter((effect) => {
    const { status, site, kind } = effect
    if (kind !== 'respond' && (kind !== 'answer-error' || status === null)) return true
    const condition = normalizeCondition(allOf(effect.conditions), {
      keepsUnsaid: true,
    })
    const rows = condition.map(keysOf)
    // Statuses that one call may have are no two answers.
    const earlier = sent.filter((one) => one.site.start !== site.start || one.site.module !== site.module)
    const isSame = earlier.some((one) => one.status === status && covers(one.rows, rows))
    const isLate = !isSame && rows.length > 0 && earlier.some((one) => one.status !== status)
    if (status !== null && isLate && comesAfter(earlier, rows)) return false
    const told = condition.filter((row) => !row.some(({ subject }) => subject === unsaid.subject))
    sent.push({ status, site, rows: told.map(keysOf), condition: told })
    return true
  })
}

function comesAfter(sent: readonly Sent[], rows: readonly ReadonlySet<string>[]): boolean {
  if (sent.some((one) => covers(one.rows, rows))) return true
  if (sent.length > maxJoined || !mayCover(sent, rows)) return false
  const all = sent.flatMap(({ condition }) => condition)
  return rows.every((row) => resolved(within(all, row)).some((rest) => rest.length === 0))
}

// What of these cases is still to be asked where all of one holds.
const within = (all: Condition, row: ReadonlySet<string>): Condition =>
  all
    .filter((one) => !one.some((atom) => row.has(opposite(atom))))
    .map((one) => one.filter((atom) => !row.has(textOf(atom))))

// Whether each of these cases may be among those once they are put together: of one of them all must hold there but what may be left out, as its opposite is
// asked too.
function mayCover(sent: readonly Sent[], rows: readonly ReadonlySet<string>[]): boolean {
  const opposites = new Set(sent.flatMap(({ condition }) => condition.flat().map(opposite)))
  const all = sent.flatMap((one) => one.rows)
  return rows.every((row) => all.some((one) => [...one].every((key) => row.has(key) || opposites.has(key))))
}

const opposite = onceFor((atom: Atom) => textOf(negateAtom(atom)))

// Whether all of these cases are among those.
const covers = (all: readonly ReadonlySet<string>[], rows: readonly ReadonlySet<string>[]): boolean =>
  rows.every((row) => all.some((one) => [...one].every((key) => row.has(key))))

const keysOf = (row: Condition[number]): ReadonlySet<string> => new Set(row.map(textOf))

const textOf = onceFor((atom: Atom) => JSON.stringify(atom))
