import type { CodeMarks } from '../facts/code-mark.ts'
import type { OperationFact } from '../facts/fact.ts'
import { tokensOf } from './named-parts.ts'

type Read = NonNullable<CodeMarks['read']>

/** Over how many classes a class is looked for. */
const mostSteps = 6

/**
 * Which operations are put on a class: they are shown by it, or by one that extends it or names it where no operation runs code. So a library is told what to make an
 * answer of, whom to let in and what to list (`serializer_class = Row`).
 *
 * @param classes the classes of the repository, with the names in all of them that no operation is known to run
 * @param textOf the text of a file
 * @param seenFrom whether a file may mean what another declares
 */
export async function classUsers(
  { path, name }: { path: string; name: string },
  classes: NonNullable<Read['classes']>,
  operations: readonly OperationFact[],
  textOf: (path: string) => Promise<string>,
  seenFrom: (changed: string) => (path: string, text: string) => boolean,
): Promise<string[]> {
  const isNaming = async (at: string, names: ReadonlySet<string>, of: { path: string; name: string }) =>
    names.has(of.name) && (at === of.path || seenFrom(of.path)(at, await textOf(at)))
  const isNamingAny = async (at: string, names: ReadonlySet<string>, all: typeof classes) => {
    for (const one of all) if (await isNaming(at, names, one)) return true
    return false
  }
  const found = classes.filter((one) => one.path === path && one.name === name)
  let last = found
  for (let step = 0; step < mostSteps && last.length > 0; step++) {
    const next: typeof classes = []
    for (const one of classes)
      if (!found.includes(one) && (await isNamingAny(one.path, new Set(one.names), last))) next.push(one)
    found.push(...next)
    last = next
  }
  const users: string[] = []
  for (const { id, evidence } of found.length === 0 ? [] : operations)
    for (const { path: at, symbol, startByte, endByte } of evidence) {
      const [outer = ''] = symbol.split('.')
      // A function is shown by its head, with what it takes and is put on.
      const head = tokensOf(bytesOf(await textOf(at), startByte, endByte))
      const isOn =
        found.some((one) => symbol !== '' && one.path === at && one.name === outer) ||
        (await isNamingAny(at, head, found))
      if (!isOn) continue
      users.push(id)
      break
    }
  return users
}

const bytesOf = (text: string, start: number, end: number): string =>
  new TextDecoder().decode(new TextEncoder().encode(text).subarray(start, end))
