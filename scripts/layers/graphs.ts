import type { SourceTree } from './source-tree.ts'

type Graph = Map<string, Set<string>>

/** Which file imports which, type imports included. */
export function fileGraph(tree: SourceTree): Graph {
  const graph: Graph = new Map()
  for (const { path, arrows } of tree.files.values())
    graph.set(path, new Set(arrows.flatMap(({ to }) => (to === null || to === path ? [] : [to]))))
  return graph
}

/** Which package, by folder, imports or declares which; type imports and tests included. */
export function packageGraph(tree: SourceTree): Graph {
  const graph: Graph = new Map(tree.packages.map(({ path }) => [path, new Set<string>()]))
  const byName = new Map(tree.packages.map((one) => [one.name, one.path]))
  for (const { path, dependencies, devDependencies } of tree.packages)
    for (const name of [...dependencies, ...devDependencies]) {
      const to = byName.get(name)
      if (to !== undefined && to !== path) graph.get(path)!.add(to)
    }
  for (const file of tree.files.values())
    for (const { toPackage } of file.arrows)
      if (file.package && toPackage && toPackage !== file.package)
        graph.get(file.package.path)!.add(toPackage.path)
  return graph
}
