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

const settingOfClass = /(?<![\w.])([A-Z]\w*)\.(\w+)\s*=(?![=>])/g
const setting = /\b(?:self|this|cls)\.(\w+)\s*(?::[^=\n]*)?=(?![=>])/g

/** Nothing, or a flag: what something begins with before it is set up. */
export const isBeginning = (value: Value): boolean =>
  value.t === 'const' && (value.v === null || typeof value.v === 'boolean')
