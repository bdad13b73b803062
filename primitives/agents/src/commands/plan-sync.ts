import { changesBetween } from '../files/change.ts'
import type { Change } from '../files/change.ts'
import { editText } from '../files/edit-file.ts'
import { mergeChanges } from '../files/merge.ts'
import type { Conflict } from '../files/merge.ts'
import { parseFile } from '../files/parse-file.ts'

/** One agent in a folder and on the server, and as both were when they were last the same; null where it is not there. */
export interface SyncSides {
  base: string | null
  folder: string | null
  server: string | null
}

export type SyncPlan =
  | { act: 'same' }
  | { act: 'to-server'; text: string; changes: Change[] }
  | { act: 'to-folder'; text: string; changes: Change[] }
  /** Both changed, and what they changed goes together. */
  | { act: 'merge'; text: string; changes: Change[] }
  /** Both changed the same field; neither is touched. */
  | { act: 'conflict'; conflicts: Conflict[] }
  /** The file is gone and the agent is not: a folder takes nothing away from the server. */
  | { act: 'file-gone' }
  | { act: 'broken'; message: string }

/** What has to be done so that a folder and the server have the same agent. Pure: both sides are read before, and written after. */
export function planSync({ base, folder, server }: SyncSides): SyncPlan {
  if (folder === server) return { act: 'same' }
  if (folder === null)
    return base === null ? { act: 'to-folder', text: server!, changes: [] } : { act: 'file-gone' }
  const file = parseFile(folder)
  const [fault] = file.problems
  if (fault) return { act: 'broken', message: `line ${fault.line}, column ${fault.column}: ${fault.message}` }
  if (server === null) return { act: 'to-server', text: folder, changes: [] }
  const [from, theirs] = [valueOf(base), valueOf(server)]
  if (base === server) return { act: 'to-server', text: folder, changes: changesBetween(theirs, file.value) }
  if (base === folder) return { act: 'to-folder', text: server, changes: changesBetween(file.value, theirs) }
  const mine = changesBetween(from, file.value)
  const { changes, conflicts } = mergeChanges(changesBetween(from, theirs), mine)
  if (conflicts.length > 0)
    return { act: 'conflict', conflicts: conflicts.map((each) => ({ mine: each.theirs, theirs: each.mine })) }
  // Onto the file, whose comments are a person's.
  return { act: 'merge', text: editText(folder, changes), changes }
}

/** Without a common past, whatever differs was changed by both. */
function valueOf(text: string | null): unknown {
  return text === null ? {} : (parseFile(text).value ?? {})
}
