import { pathTexts } from '../packs/path.ts'
import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

/** A path that stands before those of methods; `isUnsure` where it may be another. */
export interface Base {
  text: string
  isUnsure: boolean
}

/** Versions that a program of Nest puts in paths: behind which prefix, and which one where none is said. */
export interface Versions {
  prefix: Value | null
  byDefault: Value | null
}

const none: Base[] = [{ text: '', isUnsure: false }]

/** Parts of paths for a version (docs.nestjs.com, "Versioning"): any of a list, and none for `VERSION_NEUTRAL`. */
export function versionTexts(version: Value, before: Value | null): Base[] {
  const [prefix] =
    before === null
      ? [{ text: 'v', isUnsure: false }]
      : before.t === 'const' && before.v === false
        ? none
        : pathTexts(before)
  return (version.t === 'list' ? version.items : each(version)).flatMap((one) =>
    one.t === 'symbol' && one.path.endsWith('.VERSION_NEUTRAL')
      ? none
      : pathTexts(one).map(({ text, isUnsure }) => ({
          text: `${prefix?.text ?? ''}${text}`,
          isUnsure: isUnsure || (prefix?.isUnsure ?? true),
        })),
  )
}
