import type { Module } from '../parse/ir.ts'
import type { ClassRef, Value } from './values.ts'

const assigned = new WeakMap<object, ReadonlyMap<string, { places: number; isAfter: boolean }>>()

/**
 * Whether what a field begins with tells nothing of what it holds when requests come: the code of its class sets it in more than one place, or after it is made.
 */
export function isSetLater({ cls, module }: ClassRef, name: string): boolean {
  let known = assigned.get(cls)
  if (!known) {
    const found = new Map<string, { places: number; isAfter: boolean }>()
    const note = (field: string, isMaking: boolean) => {
      const { places = 0, isAfter = false } = found.get(field) ?? {}
      found.set(field, { places: places + 1, isAfter: isAfter || !isMaking })
    }
    for (const fn of cls.members)
      for (const [, field = ''] of module.text.slice(fn.headEnd, fn.end).matchAll(setting))
        note(field, fn.name === '__init__' || fn.name === 'constructor')
    for (const [, name, field = ''] of module.text.matchAll(settingOfClass))
      if (name === cls.name) note(field, false)
    assigned.set(cls, (known = found))
  }
  const one = known.get(name)
  return one !== undefined && (one.isAfter || one.places > 1)
}

const outside = new WeakMap<object, ReadonlySet<string>>()

/** Python: whether code that stands in no class sets a member of this name, as a decorator does on what it is given (`self.user = …`). */
export function isSetOutside(modules: ReadonlyMap<string, Module>, name: string): boolean {
  let known = outside.get(modules)
  if (!known) {
    const found = new Set<string>()
    for (const { body, language, text } of modules.values())
      if (language === 'python')
        for (const stmt of body)
          if (stmt.k === 'func')
            for (const [, field = ''] of text.slice(stmt.fn.headEnd, stmt.fn.end).matchAll(settingOfAny))
              found.add(field)
    outside.set(modules, (known = found))
  }
  return known.has(name)
}

const ofModules = new WeakMap<object, ReadonlyMap<string, ReadonlySet<string>>>()

/** Python: whether another module sets this variable of a module, under the name that it imports the module by (`from . import v1 as first`, `first.key = …`). */
export function isSetOfModule(modules: ReadonlyMap<string, Module>, { path }: Module, name: string): boolean {
  let known = ofModules.get(modules)
  if (!known) {
    const found = new Map<string, Set<string>>()
    for (const { language, text } of modules.values())
      if (language === 'python')
        for (const [, local = '', member = ''] of text.matchAll(settingOfModule))
          for (const own of importedAs(text, local)) {
            const names = found.get(own) ?? new Set()
            found.set(own, names.add(member))
          }
    ofModules.set(modules, (known = found))
  }
  const [, folder = '', file = ''] = /(?:([^/]*)\/)?([^/]*)\.py$/.exec(path) ?? []
  return known.get(file === '__init__' ? folder : file)?.has(name) === true
}

// What a name is imported as stands for, if it is imported at all.
function importedAs(text: string, local: string): string[] {
  const given = new RegExp(
    String.raw`^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import\b[^\n]*?(?:\b(\w+)[ \t]+as[ \t]+|[\s,(])${local}\b(?![ \t]+as\b|\.)`,
    'm',
  ).exec(text)
  return given ? [given[1] ?? local] : []
}

const settingOfModule = /^[ \t]*(?!(?:self|cls)\.)(\w+)\.(\w+)[ \t]*(?::[^=\n]*)?=(?![=>])/gm
const settingOfAny = /\b\w+\.(\w+)\s*(?::[^=\n]*)?=(?![=>])/g
const settingOfClass = /(?<![\w.])([A-Z]\w*)\.(\w+)\s*=(?![=>])/g
const setting = /\b(?:self|this|cls)\.(\w+)\s*(?::[^=\n]*)?=(?![=>])/g

/** Nothing, no text, or a flag: what something begins with before it is set up. */
export const isBeginning = (value: Value): boolean =>
  value.t === 'const' && (value.v === null || value.v === '' || typeof value.v === 'boolean')
