import type { Lookup } from './lookup.ts'

const enums = /^(?:enum\.(?:Str|Int)?(?:Enum|Flag)|(?:.*\.)?(?:Text|Integer)Choices)$/
/** Told by the name of what they extend (`lower-python.ts`). */
const direct = /(?:^|\.)(?:Str|Int)?(?:Enum|Flag)$|(?:^|\.)(?:Text|Integer)Choices$/

/**
 * Python: enumerations that extend one of the program's own, which the file that they stand in does not tell of (docs.python.org, "Restricted Enum subclassing": one
 * without members may be extended).
 */
export function takeOwnEnums(lookup: Lookup): void {
  for (const ref of lookup.classes()) {
    const { cls, module } = ref
    if (module.language !== 'python' || cls.bases.length === 0 || cls.fields.length === 0) continue
    if (cls.bases.some(({ name }) => direct.test(name))) continue
    // A file that was parsed before may have been read beside others.
    const isOwn = lookup.ancestry(ref).some((base) => enums.test(base))
    if (!isOwn && cls.kind !== 'enum') continue
    cls.kind = isOwn ? 'enum' : 'class'
    cls.constants = isOwn ? cls.fields.map(({ name, value }) => ({ name, value })) : []
  }
}
