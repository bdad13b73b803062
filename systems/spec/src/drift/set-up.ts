import type { Fact } from '../facts/fact.ts'
import type { Module } from '../parse/ir.ts'
import type { CodeChange } from './code-change.ts'
import type { Tree } from './code-tree.ts'

/** A part of the code of operations, as marks have it. */
interface Part {
  path: string
  symbol: string
}

/** The names that the innermost statements begin with around some places. */
export function rootsOf(trees: readonly Tree[], places: readonly number[], { text }: Module): string[] {
  const around = (all: readonly Tree[], at: number): Tree | null => {
    for (const tree of all) {
      if (at < tree.start || tree.end < at) continue
      const inner = around(
        tree.slots.flatMap(({ kids }) => kids),
        at,
      )
      return inner ?? (/^(?:expr|let)$/.test(tree.kind) ? tree : null)
    }
    return null
  }
  const found = places.flatMap((at) => {
    const stmt = around(trees, at)
    return stmt ? (rootIn(text.slice(stmt.start, stmt.end)) ?? []) : []
  })
  return [...new Set(found)]
}

/** What a statement sets, or calls a method of. */
const rootIn = (statement: string): string | null =>
  /^\s*(?:(?:const|let|var|await|void|final)\s+)*([A-Za-z_$][\w$]*)\s*(?:\.|:?=(?!=))/.exec(statement)?.[1] ??
  null

/** What of the code operations are shown by, and what stands behind them. */
export interface Shown {
  facts: readonly Fact[]
  /** By ids of operations. */
  behind: ReadonlyMap<string, readonly Part[]>
  lineAt: (path: string, line: number) => Promise<string>
}

/**
 * Operations that a change sets something up for, though none comes there: one of how a thing is made of which methods stand behind them, and one of a statement that
 * calls what they are shown to be put on (`app.use(…)` beside `app.route(…)`).
 */
export async function setUpFor(
  { path, symbol, names, roots }: CodeChange,
  { facts, behind, lineAt }: Shown,
): Promise<string[]> {
  if (names.owner !== '' && makers.test(names.name)) {
    const isOf = (part: Part) => part.path === path && part.symbol.startsWith(`${names.owner}.`)
    const made = [...behind].flatMap(([id, parts]) => (parts.some(isOf) ? [id] : []))
    if (made.length > 0) return made
  }
  const found = new Set<string>()
  for (const fact of roots.length === 0 ? [] : facts) {
    const id = fact.kind === 'operation' ? fact.id : 'operation' in fact ? fact.operation : ''
    if (id === '' || found.has(id)) continue
    for (const one of fact.evidence) {
      if (one.path !== path || one.symbol !== symbol) continue
      const root = rootIn(await lineAt(path, one.line))
      if (root !== null && roots.includes(root)) found.add(id)
    }
  }
  return [...found]
}
const makers = /^(?:constructor|__init__)$/
