/** An arrow between two nodes of a source, by their ids there. */
export interface Arrow {
  from: string
  to: string
  /** The exit of `from` in the draft; null for its normal end. */
  exit: string | null
}

/** The nodes of one level in an order in which each comes after what leads to it, with the levels inside its loops. */
export interface Level {
  nodes: string[]
  /** Arrows within this level. */
  arrows: Arrow[]
  /** Loops: the node that became a map, and what it repeats. */
  inner: Map<string, Level>
}

export interface Flow extends Level {
  /** Arrows that the way steps stand in says: into a loop, and back to its head. */
  inside: Arrow[]
  /** Arrows that no graph without circles can have, or that lead into or out of a loop's middle. */
  left: Arrow[]
  /** For each node the loops around it, from the outside. */
  around: Map<string, string[]>
}

export interface Loops {
  /** Whether a node repeats what comes after one of its exits, and which exit. Null for one that does not. */
  exitOf(node: string): string | null
  /** What a node repeats where the source says it itself (a container). */
  bodyOf?(node: string): readonly string[]
}

/** Takes the circles out of a graph: loops become levels of their own, other arrows back are left to a person. */
export function layOut(nodes: readonly string[], arrows: readonly Arrow[], loops: Loops): Flow {
  const flow = { inside: [] as Arrow[], left: [] as Arrow[], around: new Map<string, string[]>() }
  const level = layOutLevel(nodes, arrows, loops, [], flow)
  return { ...level, ...flow }
}

function layOutLevel(
  nodes: readonly string[],
  arrows: readonly Arrow[],
  loops: Loops,
  path: readonly string[],
  flow: Pick<Flow, 'inside' | 'left' | 'around'>,
): Level {
  let here = [...nodes]
  let links = [...arrows]
  const inner = new Map<string, Level>()
  for (const head of inOrder(here, links)) {
    if (!here.includes(head)) continue
    const body = bodyOf(head, here, links, loops)
    if (body.size === 0) continue
    const exit = loops.exitOf(head)
    const between: Arrow[] = []
    const rest: Arrow[] = []
    for (const link of links) {
      const isFrom = body.has(link.from)
      const isTo = body.has(link.to)
      if (isFrom && isTo) between.push(link)
      else if (
        (isTo && link.from === head && (exit === null || link.exit === exit)) ||
        (isFrom && link.to === head)
      )
        flow.inside.push(link)
      else if (isFrom || isTo) flow.left.push(link)
      else rest.push(link)
    }
    inner.set(head, layOutLevel([...body], between, loops, [...path, head], flow))
    here = here.filter((node) => !body.has(node))
    links = rest
  }
  for (const node of here) flow.around.set(node, [...path])
  const { order, back } = withoutCircles(here, links)
  flow.left.push(...back)
  const backs = new Set(back)
  return { nodes: order, arrows: links.filter((link) => !backs.has(link)), inner }
}

/** What a node repeats: what its exit leads to and what leads back to it, with the dead ends on the way. */
function bodyOf(head: string, nodes: readonly string[], arrows: readonly Arrow[], loops: Loops): Set<string> {
  const own = loops.bodyOf?.(head)
  if (own) return new Set(own.filter((node) => nodes.includes(node)))
  const exit = loops.exitOf(head)
  if (exit === null) return new Set()
  const starts = arrows.filter((each) => each.from === head && each.exit === exit).map(({ to }) => to)
  const forward = reach(starts, arrows, head, 'to')
  const backward = reach(
    arrows.filter((each) => each.to === head).map(({ from }) => from),
    arrows,
    head,
    'from',
  )
  const body = new Set([...forward].filter((node) => backward.has(node)))
  if (body.size === 0) return body
  for (let isChanged = true; isChanged;) {
    isChanged = false
    for (const node of forward) {
      if (body.has(node)) continue
      const before = arrows.filter((each) => each.to === node)
      if (before.every(({ from, exit: by }) => body.has(from) || (from === head && by === exit))) {
        body.add(node)
        isChanged = true
      }
    }
  }
  return body
}

function reach(
  starts: readonly string[],
  arrows: readonly Arrow[],
  stop: string,
  way: 'to' | 'from',
): Set<string> {
  const other = way === 'to' ? 'from' : 'to'
  const found = new Set<string>()
  const open = starts.filter((start) => start !== stop)
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node)) continue
    found.add(node)
    for (const each of arrows) if (each[other] === node && each[way] !== stop) open.push(each[way])
  }
  return found
}

/** Nodes from the starts on, breadth first. */
function inOrder(nodes: readonly string[], arrows: readonly Arrow[]): string[] {
  const led = new Set(arrows.map(({ to }) => to))
  const order = new Set<string>()
  const open = nodes.filter((node) => !led.has(node))
  for (let at = 0; at < open.length; at++) {
    const node = open[at]!
    if (order.has(node)) continue
    order.add(node)
    for (const each of arrows) if (each.from === node) open.push(each.to)
  }
  for (const node of nodes) order.add(node)
  return [...order]
}

/** An order, and the arrows that had to be taken out for it: those that lead back on the way down from the starts. */
function withoutCircles(
  nodes: readonly string[],
  arrows: readonly Arrow[],
): { order: string[]; back: Arrow[] } {
  const back: Arrow[] = []
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const from = new Map<string, Arrow[]>()
  for (const each of arrows) from.set(each.from, [...(from.get(each.from) ?? []), each])
  for (const start of inOrder(nodes, arrows)) {
    const stack: { node: string; next: number }[] = [{ node: start, next: 0 }]
    if (state.has(start)) continue
    state.set(start, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const arrow = from.get(top.node)?.[top.next++]
      if (arrow === undefined) {
        state.set(top.node, 'done')
        order.push(top.node)
        stack.pop()
      } else if (state.get(arrow.to) === 'open') back.push(arrow)
      else if (!state.has(arrow.to)) {
        state.set(arrow.to, 'open')
        stack.push({ node: arrow.to, next: 0 })
      }
    }
  }
  return { order: order.toReversed(), back }
}
