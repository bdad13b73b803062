import type { Project } from './project.ts'
import type { Value } from './values.ts'
import { union } from './values.ts'

const kept = new WeakMap<Project, Map<string, Value>>()

/** Whether a value is what all modules of JavaScript share. */
export const isGlobal = (value: Value): boolean =>
  value.t === 'symbol' && /^global(?:This)?$/.test(value.path)

/** Keeps what a program sets for all of its modules while it begins (`global.rules = …`): of several it is one of them. */
export function setGlobal(project: Project, name: string, value: Value): void {
  const all = kept.get(project) ?? new Map<string, Value>()
  kept.set(project, all)
  const before = all.get(name)
  all.set(name, before ? union([before, value]) : value)
}

/** What was set so under a name; null where nothing was. */
export const globalOf = (project: Project, name: string): Value | null => kept.get(project)?.get(name) ?? null
