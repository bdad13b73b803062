import type { Module } from '../parse/ir.ts'
import type { CodeChange } from './code-change.ts'
import { doesSomething } from './code-tree.ts'
import type { CodePart, Tree } from './code-tree.ts'
import { namesOf } from './named-parts.ts'
import { rootsOf } from './set-up.ts'
import { shownIn } from './say-change.ts'

/** A file as it was and is, with its parts by their keys. */
interface Sides {
  was: Module | null
  is: Module | null
  old: ReadonlyMap<string, CodePart>
  now: ReadonlyMap<string, CodePart>
}

/**
 * Of a file that stays, what came or went whole and does something by standing there: a statement of the file, a field or a function that is decorated. What
 * stood or stands elsewhere, and what somebody has to call, is none.
 *
 * @param moved shapes of what went from other places and came to others
 */
export function wholeChanges(
  { was, is, old, now }: Sides,
  moved: { old: ReadonlySet<number>; now: ReadonlySet<number> },
): CodeChange[] {
  if (!was || !is) return []
  const only = (
    own: ReadonlyMap<string, CodePart>,
    other: ReadonlyMap<string, CodePart>,
    shapes: ReadonlySet<number>,
  ) =>
    [...own].flatMap(([key, part]) => {
      const [tree] = part.trees
      return tree &&
        !other.has(key) &&
        counts(part, tree) &&
        !part.trees.some(({ shape }) => shapes.has(shape))
        ? [{ part, tree }]
        : []
    })
  const change = (
    { part, tree }: { part: CodePart; tree: Tree },
    module: Module,
    parts: ReadonlyMap<string, CodePart>,
  ) => {
    const from = module.text.slice(0, tree.start).split('\n').length
    const to = module.text.slice(0, tree.end).split('\n').length
    return {
      path: is.path,
      symbol: part.symbol,
      lines: Array.from({ length: to - from + 1 }, (_, at) => from + at),
      names: namesOf(part, parts, module),
      isWhole: true,
      isOrder: false,
      isUnsure: false,
      method: null,
      holder: '',
      roots: rootsOf(part.trees, [tree.start], module),
      text: shownIn(module, tree),
    }
  }
  return [
    ...only(old, now, moved.now)
      .map((one) => change(one, was, old))
      .map(({ text, ...one }) => ({ ...one, was: text, is: 'left out' })),
    ...only(now, old, moved.old)
      .map((one) => change(one, is, now))
      .map(({ text, ...one }) => ({ ...one, was: 'nothing', is: text })),
  ]
}

/** Whether it does something without being called. */
function counts({ symbol }: CodePart, { kind, slots, ...tree }: Tree): boolean {
  if (kind === 'func') return (slots[1]?.kids.length ?? 0) > 0
  if (kind === 'field') return (slots[0]?.kids.length ?? 0) > 0
  return symbol === '' && kind !== 'let' && doesSomething({ kind, slots, ...tree })
}
