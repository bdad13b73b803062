import type { Change } from '../files/change.ts'
import type { Splice } from './splice.ts'

/** One edit of a draft as it is kept. Appended only: undo and redo are patches too. */
export interface Patch {
  /** The revision that it made. */
  revision: number
  /** Which tab of a browser, or which file, it came from: each undoes its own. */
  tab: string
  kind: 'edit' | 'undo' | 'redo'
  /** Of an undo or a redo: the revision whose edit it took back or made again. */
  of: number | null
  /** By meaning; null where the text before or after could not be read. */
  changes: Change[] | null
  /** By text. */
  splice: Splice
  madeMs: number
}

/** The edits of a tab that can be taken back and made again, the latest last. */
export function undoStacks(patches: readonly Patch[], tab: string): { undo: Patch[]; redo: Patch[] } {
  const undo: Patch[] = []
  const redo: Patch[] = []
  for (const patch of patches) {
    if (patch.tab !== tab) continue
    if (patch.kind === 'edit') {
      undo.push(patch)
      redo.length = 0
    } else if (patch.kind === 'undo') move(undo, redo, patch.of)
    else move(redo, undo, patch.of)
  }
  return { undo, redo }
}

function move(from: Patch[], to: Patch[], revision: number | null): void {
  const index = from.findLastIndex((patch) => patch.revision === revision)
  if (index !== -1) to.push(...from.splice(index, 1))
}
