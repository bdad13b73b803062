import { posix } from 'node:path'
import { keptIn } from '../facts/once-for.ts'
import type { Class, Func } from '../parse/ir.ts'
import type { Project } from './project.ts'
import type { ClassRef } from './values.ts'

const known = new WeakMap<Class, Map<string, boolean>>()

/**
 * Go: whether a field that no other package names is set by nothing but functions that give a thing of its type (`func (g *Gate) WithTarget(path string) *Gate`): while
 * requests are answered it is as the program made it.
 */
export function isSetByMakers({ modules }: Project, { cls, module }: ClassRef, name: string): boolean {
  if (!/^[a-z_]/.test(name)) return false
  const ofClass = known.get(cls) ?? new Map<string, boolean>()
  known.set(cls, ofClass)
  return keptIn(ofClass, name, () => {
    const sets = new RegExp(
      String.raw`&[\w.]+\.${name}\b|\.${name}\b\s*(?:,[^;\n=]*)?[-+*/%|&^]?:?=(?!=)`,
      'g',
    )
    return [...modules.values()]
      .filter((one) => one.language === 'go' && posix.dirname(one.path) === posix.dirname(module.path))
      .every(({ text, body }) =>
        Array.from(text.matchAll(sets), ({ index }) => index).every((at) =>
          body.some(
            (stmt) => stmt.k === 'func' && stmt.start <= at && at < stmt.end && givesOne(stmt.fn, cls),
          ),
        ),
      )
  })
}

// A pointer to a thing is the thing.
const givesOne = ({ returns }: Func, { name }: Class): boolean =>
  (returns?.name === 'tuple' ? returns.args : returns ? [returns] : []).some((one) => one.name === name)
