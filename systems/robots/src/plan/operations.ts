/**
 * What a robot may do in the next few steps (Yukhnevich and Andreychuk 2025, "Enhancing PIBT via Multi-Action Operations"): every way through
 * cells that a robot can drive in `depth` steps, once each, with its turns as early as they can be. Turns after the last step ahead are left open: a robot
 * that stands may turn as it likes.
 *
 * The ways share their beginnings, so they are a tree: a node is one action after its parent's.
 */
export interface Operations {
  depth: number
  count: number
  nodes: number
  /** Node before each; -1 where it is the first action. A parent has the lower number. */
  parentOf: Int16Array
  /** Action of each node: 0 ahead, 1 right, 2 left, 3 wait. */
  actionOf: Uint8Array
  /** `count × depth` nodes. */
  nodeAt: Int16Array
  /** Steps that are left after the last step ahead. */
  slackOf: Uint8Array
  /** How late each moves: the sum over time of the steps ahead that are still to come. Of two that end alike the earlier is better. */
  latenessOf: Uint8Array
}

const ahead = 0
const right = 1
const left = 2
const wait = 3
const dx = [1, 0, -1, 0]
const dy = [0, 1, 0, -1]

export function createOperations(depth: number): Operations {
  const ways = new Map<string, number[]>()
  const walk = (done: number[], x: number, y: number, direction: number, way: string): void => {
    if (done.length === depth) {
      const last = done.lastIndexOf(ahead)
      // What comes after the last step ahead is standing.
      const kept = done.map((action, time) => (time > last ? wait : action))
      // The first found turns earliest, since turns are tried before waits.
      if (!ways.has(way)) ways.set(way, kept)
      return
    }
    for (const action of [right, left, ahead, wait]) {
      let [nx, ny, facing] = [x, y, direction]
      if (action === ahead) [nx, ny] = [x + dx[direction]!, y + dy[direction]!]
      else if (action === right) facing = (direction + 1) & 3
      else if (action === left) facing = (direction + 3) & 3
      walk([...done, action], nx, ny, facing, `${way}${nx},${ny};`)
    }
  }
  walk([], 0, 0, 0, '')
  const list = [...ways.values()]
  const numbers = new Map<string, number>()
  const parents: number[] = []
  const actions: number[] = []
  const nodeAt: number[] = []
  for (const operation of list) {
    let parent = -1
    for (let time = 0; time < depth; time++) {
      const name = operation.slice(0, time + 1).join('')
      let node = numbers.get(name)
      if (node === undefined) {
        node = parents.length
        numbers.set(name, node)
        parents.push(parent)
        actions.push(operation[time]!)
      }
      nodeAt.push(node)
      parent = node
    }
  }
  const stepsIn = (operation: number[]): number => operation.filter((action) => action === ahead).length
  return {
    depth,
    count: list.length,
    nodes: parents.length,
    parentOf: Int16Array.from(parents),
    actionOf: Uint8Array.from(actions),
    nodeAt: Int16Array.from(nodeAt),
    slackOf: Uint8Array.from(list, (operation) => depth - 1 - operation.lastIndexOf(ahead)),
    latenessOf: Uint8Array.from(list, (operation) =>
      operation.reduce((sum, _, time) => sum + stepsIn(operation.slice(time)), 0),
    ),
  }
}
