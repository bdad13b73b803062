import type { Module } from '../parse/ir.ts'

/** What imports of a module bind: the first of each name, in Python the last, and where all of another's names come in. */
export interface ImportedNames {
  named: ReadonlyMap<string, { source: string; imported: string | null; at: number }>
  all: readonly { source: string; at: number }[]
}

export function importedNames(module: Module): ImportedNames {
  const named = new Map<string, { source: string; imported: string | null; at: number }>()
  const all: { source: string; at: number }[] = []
  for (const [at, stmt] of module.body.entries()) {
    if (stmt.k !== 'import') continue
    for (const { imported, local } of stmt.names) {
      if (local === '*' && imported === '*') all.push({ source: stmt.source, at })
      else if (!named.has(local) || module.language === 'python')
        named.set(local, { source: stmt.source, imported, at })
    }
  }
  return { named, all }
}
