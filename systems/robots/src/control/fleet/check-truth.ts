/** What happened to one robot at one place; `atMs` on the machine's clock. */
export interface TruthLine {
  robot: number
  /** `given`: it may drive there from now on. */
  kind: 'given' | 'enter' | 'leave' | 'action'
  /** Of a node, or of an action. */
  name: string
  atMs: number
}

export interface TruthReport {
  /** Two robots on one node at the same time. */
  collisions: { nodeId: string; robots: [number, number]; atMs: number }[]
  /** Actions that were done more than once, by whichever robots. */
  doubled: string[]
  actions: Set<string>
}

/**
 * Holds what robots really did against what must never happen. Knows no plan, no order and no message: a node is a robot's from the moment it drives towards it
 * until it has reached the next one.
 */
export function checkTruth(lines: readonly TruthLine[]): TruthReport {
  const on = new Map<string, number>()
  const report: TruthReport = { collisions: [], doubled: [], actions: new Set() }
  // A robot that leaves at the same instant as another enters has left.
  const rank = { leave: 0, given: 1, action: 1, enter: 2 }
  for (const { robot, kind, name, atMs } of lines.toSorted(
    (a, b) => a.atMs - b.atMs || rank[a.kind] - rank[b.kind],
  )) {
    if (kind === 'action') {
      if (report.actions.has(name)) report.doubled.push(name)
      report.actions.add(name)
    } else if (kind === 'enter') {
      const other = on.get(name)
      if (other !== undefined && other !== robot)
        report.collisions.push({ nodeId: name, robots: [other, robot], atMs })
      on.set(name, robot)
    } else if (kind === 'leave' && on.get(name) === robot) on.delete(name)
  }
  return report
}
