import type { Module } from '../parse/ir.ts'
import { besideChanges } from './beside-code.ts'
import { codeChanges, otherFiles } from './code-changes.ts'
import type { Changes } from './compare-code.ts'
import type { Marked } from './same-code.ts'

/** What the code of one reading does otherwise than that of another. */
export async function changesBetween(
  before: { modules: ReadonlyMap<string, Module>; set: Marked },
  after: { modules: ReadonlyMap<string, Module>; set: Marked },
): Promise<Changes> {
  const behind = codeChanges(otherFiles(before.modules, after.modules))
  const textOf = (path: string) => Promise.resolve(after.modules.get(path)?.text ?? null)
  return { behind, ...(await besideChanges(behind, before.set, after.set, textOf)) }
}
