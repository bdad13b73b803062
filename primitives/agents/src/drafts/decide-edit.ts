import { ConflictError } from '@heavylift/core'
import { changesBetween, inverse } from '../files/change.ts'
import type { Change } from '../files/change.ts'
import { editText } from '../files/edit-file.ts'
import { mergeChanges } from '../files/merge.ts'
import type { Conflict } from '../files/merge.ts'
import { parseFile } from '../files/parse-file.ts'
import { placeText } from '../files/place.ts'
import type { Patch } from './patch.ts'
import { spliceBetween, unspliced } from './splice.ts'

/** A draft as it is, with its patches, the oldest first; those before some revision may be gone. */
export interface DraftState {
  text: string
  revision: number
  patches: readonly Patch[]
}

/** What somebody wants, by meaning or by text, seen at revision `base`. */
export type Edit = { base: number } & ({ changes: Change[] } | { text: string })

/** The text that comes of an edit; the same text where nothing is to be done. */
export interface Decided {
  text: string
  /** Null where the text before or after cannot be read. */
  changes: Change[] | null
}

/**
 * Puts an edit on a draft. One made at an older revision is merged with what others did since, by meaning.
 *
 * @throws ConflictError `draft-conflict` where both changed the same field; `details.conflicts` has both
 */
export function decideEdit(state: DraftState, edit: Edit): Decided {
  const base = edit.base === state.revision ? state.text : textAt(state, edit.base)
  if (base === state.text) {
    const text = 'text' in edit ? edit.text : editText(base, edit.changes)
    return { text, changes: changesOfTexts(base, text) }
  }
  const mine = 'text' in edit ? changesOfTexts(base, edit.text) : edit.changes
  const theirs = changesOfTexts(base, state.text)
  if (mine === null || theirs === null) {
    if ('text' in edit && edit.text === state.text) return { text: state.text, changes: [] }
    throw conflict([], 'Somebody else changed this agent, and one of the two texts cannot be read.')
  }
  return merged(state.text, mine, theirs)
}

/**
 * Takes an edit back, or makes it again: exactly, where nothing else happened since; else by meaning.
 *
 * @throws ConflictError `draft-conflict` where the same field was changed since
 */
export function decideRevert(state: DraftState, patch: Patch, direction: 'undo' | 'redo'): Decided {
  const after = textAt(state, patch.revision)
  const before = unspliced(after, patch.splice)
  const [from, to] = direction === 'undo' ? [after, before] : [before, after]
  if (from === state.text) return { text: to, changes: changesOfTexts(from, to) }
  const theirs = changesOfTexts(from, state.text)
  if (patch.changes === null || theirs === null)
    throw conflict([], 'The text was changed since and cannot be read in between. Mend it first.')
  const mine = direction === 'undo' ? patch.changes.toReversed().map(inverse) : patch.changes
  return merged(state.text, mine, theirs)
}

function merged(text: string, mine: readonly Change[], theirs: readonly Change[]): Decided {
  const { changes, conflicts } = mergeChanges(mine, theirs)
  if (conflicts.length > 0) {
    const places = [
      ...new Set(conflicts.map(({ mine: { place } }) => placeText(place) || 'the whole definition')),
    ]
    throw conflict(conflicts, `Somebody else changed ${places.join(', ')} meanwhile.`)
  }
  return { text: editText(text, changes), changes }
}

/** The text at an earlier revision, by taking back what came after. */
export function textAt(state: DraftState, revision: number): string {
  const later = state.patches.filter((patch) => patch.revision > revision)
  if (revision > state.revision || later.length !== state.revision - revision)
    throw conflict([], 'This view of the agent is too old to be merged.')
  return later.reduceRight((text, patch) => unspliced(text, patch.splice), state.text)
}

export function newPatch(
  state: DraftState,
  decided: Decided,
  by: { tab: string; kind: Patch['kind']; of: number | null; madeMs: number },
): Patch {
  const splice = spliceBetween(state.text, decided.text)
  return { revision: state.revision + 1, ...by, changes: decided.changes, splice }
}

function changesOfTexts(before: string, after: string): Change[] | null {
  const [from, to] = [parseFile(before), parseFile(after)]
  if (from.problems.length > 0 || to.problems.length > 0) return null
  return changesBetween(from.value ?? null, to.value ?? null)
}

function conflict(conflicts: Conflict[], why: string): ConflictError {
  return new ConflictError({
    code: 'draft-conflict',
    message: `${why} Choose which is to stay.`,
    details: { conflicts },
  })
}
