import { isDeepStrictEqual } from 'node:util'
import { rolesOf } from '../guard/meaning.ts'
import type { JsonSchema } from '../tools/tool.ts'

type Args = Readonly<Record<string, unknown>>

/** True where two calls of a tool do the same: every argument that decides to whom, where or how much is the same. What is said may differ. */
export function doesSame(input: JsonSchema, a: Args, b: Args): boolean {
  const roles = rolesOf(input)
  const decides = (name: string): boolean => !['content', 'time', 'flag'].includes(roles[name] ?? 'target')
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter(decides)
    .every((name) => isDeepStrictEqual(a[name], b[name]))
}
