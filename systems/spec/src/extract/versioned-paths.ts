import type { Pack } from '../packs/pack.ts'
import { printValue, textOf } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'
import { unknownPart } from '../packs/path.ts'

/** What stands before a path for the version that its route, or what it is a part of, says (sanic.dev, "Versioning"); nothing where none is said. */
export function versionBefore(
  { versions }: Pack,
  below: ReadonlyMap<string, Value>,
  own: ReadonlyMap<string, Value>,
): string {
  if (!versions) return ''
  const said = (name: string) => own.get(name) ?? below.get(name)
  const version = said(versions.option)
  if (!version || (version.t === 'const' && version.v === null)) return ''
  const prefix = said(versions.prefix)
  const before = prefix === undefined ? versions.otherwise : textOf(prefix)
  const text = version.t === 'const' ? printValue(version).replaceAll('"', '') : null
  return `/${`${before ?? unknownPart}${text ?? unknownPart}`.replace(/^\/+/, '')}`
}
