import { posix } from 'node:path'
import type { Module } from '../parse/ir.ts'

/**
 * Python: the files of frameworks that a program carries copies of (`app/ext/bottle.py`, `app/ext/flask/`), each with the name that the framework has for it.
 * A copy is a module or a package of the framework's name that declares the class of its applications and does not import the framework.
 */
export function frameworkCopies(
  modules: readonly Module[],
  applications: readonly string[],
): ReadonlyMap<string, string> {
  const copies = new Map<string, string>()
  for (const [root, classes] of classesByRoot(applications)) {
    const place = new RegExp(String.raw`^(?:.*?\/)?${root}(?=\.py$|\/)`)
    const folders = new Map<string, Module[]>()
    for (const module of modules) {
      const folder = module.language === 'python' ? place.exec(module.path)?.[0] : undefined
      if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), module])
    }
    for (const [folder, own] of folders)
      if (
        own.some((one) => declares(one, classes)) &&
        (folder === root || !own.some((one) => uses(one, root)))
      )
        for (const { path } of own)
          copies.set(
            path,
            posix
              .normalize(`${root}${path.slice(folder.length)}`)
              .replace(/(?:\/__init__)?\.py$/, '')
              .replaceAll('/', '.'),
          )
  }
  return copies
}

function classesByRoot(applications: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const path of applications) {
    const [root = '', ...parts] = path.split('.')
    found.set(root, (found.get(root) ?? new Set()).add(parts.at(-1) ?? ''))
  }
  return found
}

const declares = ({ body }: Module, classes: ReadonlySet<string>): boolean =>
  body.some((stmt) => stmt.k === 'class' && classes.has(stmt.cls.name))

const uses = ({ text }: Module, root: string): boolean =>
  new RegExp(String.raw`^[ \t]*(?:from|import)[ \t]+${root}\b`, 'm').test(text)
