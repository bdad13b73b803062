import type { AgentDefinition } from '../definition/definition.ts'
import { Graph } from '../definition/graph.ts'
import type { Entry } from './entry.ts'

/**
 * What a fork takes over of a run: the ends of steps that went before `fromStep` (or beside it), are the same in the version of the fork, and stand on nothing that is not. Everything else
 * it does anew. Without `fromStep` every step that ended well is taken over.
 */
export function keepForFork(
  was: AgentDefinition,
  now: AgentDefinition,
  entries: readonly Entry[],
  fromStep: string | null,
): Entry[] {
  const graph = new Graph(now.steps)
  const before = new Map(was.steps.map((step) => [step.id, JSON.stringify(step)]))
  const ended = new Map<string, Entry>()
  for (const entry of entries)
    if (entry.happened.kind === 'ended' && !(fromStep === null && entry.happened.exit === 'error'))
      ended.set(entry.path, entry)
  const skipped = new Set(
    entries.filter(({ happened }) => happened.kind === 'skipped').map(({ path }) => path),
  )
  const kept = new Set<string>()
  for (const id of graph.inOrder()) {
    const step = now.steps.find((each) => each.id === id)!
    const ancestors = [...graph.ancestors(id)]
    const isSame =
      id !== fromStep &&
      before.get(id) === JSON.stringify(step) &&
      (ended.has(id) || skipped.has(id)) &&
      ancestors.every((ancestor) => kept.has(ancestor))
    if (isSame) kept.add(id)
  }
  const taken = [...ended.values()].filter(({ path }) => kept.has(path))
  return taken.map((entry, seq) => ({ ...entry, seq }))
}
