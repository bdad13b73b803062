import { changesBetween, isEqual } from './change.ts'
import type { Change } from './change.ts'
import { isSamePlace, overlaps } from './place.ts'

/** Two edits of the same field that do not come to the same: a person has to choose. */
export interface Conflict {
  mine: Change
  theirs: Change
}

/**
 * What of `mine` can go onto a definition that has got `theirs` meanwhile, both made from the same one. Edits of different steps and
 * fields go on; the same edit twice is one; a place that both changed is a conflict.
 */
export function mergeChanges(
  mine: readonly Change[],
  theirs: readonly Change[],
): { changes: Change[]; conflicts: Conflict[] } {
  const changes: Change[] = []
  const conflicts: Conflict[] = []
  for (const change of mine) {
    const against = theirs.filter((other) => isAgainst(change, other))
    if (against.length === 0) changes.push(change)
    else
      for (const other of against)
        if (!isSameOutcome(change, other)) conflicts.push({ mine: change, theirs: other })
  }
  return { changes, conflicts }
}

/** The three-way merge of two definitions that came of the same base, for files that were edited outside. */
export function mergeDefinitions(
  base: unknown,
  mine: unknown,
  theirs: unknown,
): ReturnType<typeof mergeChanges> {
  return mergeChanges(changesBetween(base, mine), changesBetween(base, theirs))
}

function isAgainst(mine: Change, theirs: Change): boolean {
  if (mine.kind === 'order' || theirs.kind === 'order')
    return mine.kind === theirs.kind && isSamePlace(mine.place, theirs.place)
  return overlaps(mine.place, theirs.place)
}

function isSameOutcome(mine: Change, theirs: Change): boolean {
  return isSamePlace(mine.place, theirs.place) && isEqual(mine.to, theirs.to)
}
