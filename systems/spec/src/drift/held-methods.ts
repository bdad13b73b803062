import type { Tree } from './code-tree.ts'

/** The function of an object of functions that all of some places stand in; null where there is none. */
export function methodAround(trees: readonly Tree[], places: readonly number[]): Tree | null {
  for (const tree of trees) {
    if (tree.kind === 'func' || tree.kind === 'class') continue
    const isMethod = tree.kind === 'key' && tree.text !== '' && tree.slots[0]?.kids[0]?.kind === 'func'
    if (isMethod && places.every((at) => tree.start <= at && at < tree.end)) return tree
    const found = methodAround(
      tree.slots.flatMap(({ kids }) => kids),
      places,
    )
    if (found) return found
  }
  return null
}
