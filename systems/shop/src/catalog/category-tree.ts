import type { CategoryNode } from '../domain/product.ts'

/** Departments with the categories below them, largest first. `rows`: a path of categories, and how many products lie there. */
export function categoryTree(
  rows: Iterable<{ categories: readonly string[]; products: number }>,
): CategoryNode[] {
  const roots: CategoryNode[] = []
  for (const { categories, products } of rows) {
    let level = roots
    for (const [index, name] of categories.entries()) {
      let node = level.find((candidate) => candidate.name === name)
      if (!node) {
        node = { name, path: categories.slice(0, index + 1), products: 0, children: [] }
        level.push(node)
      }
      node.products += products
      level = node.children
    }
  }
  return sorted(roots)
}

function sorted(nodes: CategoryNode[]): CategoryNode[] {
  for (const node of nodes) node.children = sorted(node.children)
  return nodes.toSorted((a, b) => b.products - a.products || a.name.localeCompare(b.name))
}
