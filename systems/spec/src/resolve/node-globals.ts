import type { Project } from './project.ts'
import type { Value } from './values.ts'
import { union } from './values.ts'

const kept = new WeakMap<Project, Map<string, Value>>()

/** What the language has by itself, and programs put functions of their own on. */
const ofLanguage = /^(?:Array|Date|Error|Function|JSON|Math|Number|Object|Promise|String)$/

/** The name under which all modules of JavaScript share a member of a value: of what is global (`global.rules`), of what the language has (`Error.refuse`). Null of any other value. */
export const sharedName = (value: Value, name: string): string | null =>
  value.t !== 'symbol'
    ? null
    : /^global(?:This)?$/.test(value.path)
      ? name
      : ofLanguage.test(value.path)
        ? `${value.path}.${name}`
        : null

/** Keeps what a program sets for all of its modules while it begins (`global.rules = …`): of several it is one of them. */
export function setGlobal(project: Project, name: string, value: Value): void {
  const all = kept.get(project) ?? new Map<string, Value>()
  kept.set(project, all)
  const before = all.get(name)
  all.set(name, before ? union([before, value]) : value)
}

/** What was set so under a name; null where nothing was. */
export const globalOf = (project: Project, name: string): Value | null => kept.get(project)?.get(name) ?? null
