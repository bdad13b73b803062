/**
 * The strongly connected components of more than one node, by Tarjan's algorithm (1972), without recursion: in each, every node
 * leads to every other. Sorted within and among themselves.
 */
export function findCircles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const circles: string[][] = []
  for (const start of graph.keys()) {
    if (index.has(start)) continue
    const work: { node: string; next: Iterator<string> }[] = []
    const enter = (node: string): void => {
      index.set(node, index.size)
      low.set(node, index.get(node)!)
      stack.push(node)
      onStack.add(node)
      work.push({ node, next: (graph.get(node) ?? new Set<string>()).values() })
    }
    enter(start)
    while (work.length > 0) {
      const { node, next } = work.at(-1)!
      const step = next.next()
      if (!step.done) {
        if (!index.has(step.value)) enter(step.value)
        else if (onStack.has(step.value)) low.set(node, Math.min(low.get(node)!, index.get(step.value)!))
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above) low.set(above.node, Math.min(low.get(above.node)!, low.get(node)!))
      if (low.get(node) !== index.get(node)) continue
      const circle = stack.splice(stack.indexOf(node))
      for (const each of circle) onStack.delete(each)
      if (circle.length > 1) circles.push(circle.toSorted())
    }
  }
  return circles.toSorted((a, b) => a[0]!.localeCompare(b[0]!))
}
