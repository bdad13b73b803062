import type { Condition } from '../facts/condition.ts'
import { always, normalizeCondition, unsaid } from '../facts/condition.ts'
import { whole } from '../facts/expression.ts'
import { both } from '../resolve/conditions.ts'
import { sharePlaces } from '../resolve/places.ts'

/** How a program is started: that it is this one, or this command of it, that runs is no setting of it. What Go's `flag` and pflag leave beside flags says which command. */
const started =
  /^(?:len)?\(?(?:__name__|require\.main|import\.meta\b|process\.(?:argv|mainModule)|sys\.argv|os\.Args\b|p?flag\.(?:NewFlagSet\(.*\)\.)?N?Args?\()/
/** What a thing keeps for itself alone (`blueprint._got_registered_once`) is no setting either. */
const ofItself = /^(?!(?:self|cls|this)\.)[\w.]+\._(?!_)\w+$/
/** Rows past which a condition is not told in full. */
const maxRows = 3

/** When a program routes something, of the branches that its code stands in; always where they only ask how it was started, or what no setting says. */
export function registeredWhen(branches: readonly Condition[]): Condition {
  const rows = branches
    .reduce<Condition>(both, always)
    .map((row) =>
      row.filter(({ subject }) => !started.test(whole(subject)) && !ofItself.test(whole(subject))),
    )
  if (rows.some((row) => row.length === 0)) return always
  const told = normalizeCondition(rows, { keepsUnsaid: true })
  if (told.length > maxRows) return [[unsaid]]
  for (const atom of told.flat())
    for (const asked of branches.flat(2)) if (asked.subject === atom.subject) sharePlaces([[asked]], [[atom]])
  return told
}
