import { matchesGlob } from 'node:path'
import { checkArrows } from './check-arrows.ts'
import { checkPackages } from './check-packages.ts'
import { checkRooms } from './check-rooms.ts'
import type { SourceTree } from './source-tree.ts'
import type { Rule, Violation } from './violation.ts'

/** A violation that is known and will be mended. */
export interface NotYet {
  rule: Rule
  /** Glob of the paths that break it. */
  paths: string
  reason: string
}

export interface LayerFindings {
  violations: Violation[]
  /** How many more there are that an entry excuses. */
  excused: number
  /** Entries that excuse nothing any more: to be removed. */
  stale: NotYet[]
}

/** Checks a tree against all rules, but for what `notYet` excuses. */
export function checkLayers(tree: SourceTree, notYet: readonly NotYet[]): LayerFindings {
  const all = distinct([...checkPackages(tree), ...checkArrows(tree), ...checkRooms(tree)])
  const needed = new Set<NotYet>()
  const violations = all.filter((found) => {
    const entry = notYet.find(({ rule, paths }) => rule === found.rule && matchesGlob(found.path, paths))
    if (entry) needed.add(entry)
    return !entry
  })
  return {
    violations,
    excused: all.length - violations.length,
    stale: notYet.filter((entry) => !needed.has(entry)),
  }
}

/** A file may import the same thing twice, once for its types. */
function distinct(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map((one) => [`${one.rule} ${one.path} ${one.detail}`, one])).values()]
}
