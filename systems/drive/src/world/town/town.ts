import { InvalidInputError } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import type { Junction, Road } from '../opendrive/road.ts'
import { RoadNetwork } from '../opendrive/road-network.ts'
import { carriagewayM, section, side, sidewalkWidthM } from './cross-section.ts'
import { dressArm } from './dress-arm.ts'
import { cornerM, signFor } from './intersection.ts'
import { joinArms } from './join-arms.ts'
import type { Arm } from './join-arms.ts'
import type { JunctionControl } from '../lanes/junction-signs.ts'
import { makeRoad } from './make-road.ts'
import { turnCurve } from './turn-curve.ts'

export interface TownOptions {
  seed?: number
  /** Junctions from west to east and from south to north. Default 4 × 4. */
  columns?: number
  rows?: number
  /** Between neighbouring junctions. Default 120. */
  blockM?: number
  /** Driving lanes in each direction; main streets (every third column and row) have `mainLanes`. Defaults 1 and 2. */
  lanes?: number
  mainLanes?: number
  laneWidthM?: number
  /** Shares of the junctions, by their sum; a junction with a main street takes `signals` or `priority` alone. */
  shares?: Partial<Record<JunctionControl, number>>
  speedLimitMps?: number
  mainLimitMps?: number
  hasSidewalks?: boolean
  hasCrosswalks?: boolean
  hasParking?: boolean
  /** How far junctions lie from a square grid, as a share of a block. Default 0.08. */
  irregularity?: number
}

interface Node {
  x: number
  y: number
  radius: number
  column: number
  row: number
}

const usualShares: Record<JunctionControl, number> = { signals: 3, stop: 2, priority: 3, uncontrolled: 2 }
/** A street bends by up to this at either end, in radians. */
const bendRad = 0.12

/**
 * A town: streets between the junctions of an irregular grid. The same options and seed give the same town. Streets are `1`, `2`, … (first those from
 * west to east, row by row from the south, then those from south to north), each from its western (southern) junction to the other: lanes −1, −2, … run along it, lanes 1, 2, …
 * against it, then parking and sidewalks. Junctions are `10000 + row · columns + column`, their connecting roads `100000 · (1 + that number) + 1000 · from + 100 · to + index`, from
 * and to counting the junction's arms counter-clockwise from the west. Throws `town-invalid` for fewer than 2 × 2 junctions or blocks that are too short.
 */
export function town(options: TownOptions = {}): RoadNetwork {
  const { seed = 1, columns = 4, rows = 4, blockM = 120 } = options
  const { speedLimitMps = 30 / 3.6, mainLimitMps = 50 / 3.6, irregularity = 0.08 } = options
  const { laneWidthM = 3.3, hasSidewalks = true, hasCrosswalks = true, hasParking = true } = options
  const random = createRandom(`town ${seed}`)
  const isMainColumn = (column: number) => column % 3 === 1
  const isMainRow = (row: number) => row % 3 === 1
  const lanesOf = (isMain: boolean) => (isMain ? (options.mainLanes ?? 2) : (options.lanes ?? 1))
  const sides = { laneWidthM, hasParking, hasSidewalk: hasSidewalks }
  const border = (lanes: number) => carriagewayM(side(-1, lanes, sides))
  const nodes: Node[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      nodes.push({
        column,
        row,
        x: blockM * (column + irregularity * (2 * random.next() - 1)),
        y: blockM * (row + irregularity * (2 * random.next() - 1)),
        radius:
          Math.max(border(lanesOf(isMainColumn(column))), border(lanesOf(isMainRow(row)))) +
          cornerM +
          (hasSidewalks ? sidewalkWidthM / 2 : 0),
      })
  const longest = Math.max(...nodes.map(({ radius }) => radius))
  if (columns < 2 || rows < 2 || blockM * (1 - 2 * irregularity) < 2 * longest + 30)
    throw new InvalidInputError({
      code: 'town-invalid',
      message: `A town has 2 × 2 junctions at least, and blocks of ${Math.ceil((2 * longest + 30) / (1 - 2 * irregularity))} m at least with these lanes; got ${columns} × ${rows} and ${blockM} m.`,
    })

  const arms = nodes.map((): (Arm | null)[] => [null, null, null, null])
  const roads: Road[] = []
  const street = (from: number, to: number, isMain: boolean) => {
    const road = makeRoad({
      id: String(roads.length + 1),
      geometries: streetCurve(nodes[from] as Node, nodes[to] as Node, random),
      section: section(0, side(1, lanesOf(isMain), sides), side(-1, lanesOf(isMain), sides)),
      speedLimitMps: isMain ? mainLimitMps : speedLimitMps,
    })
    const isAcross = to === from + 1
    ;(arms[from] as (Arm | null)[])[isAcross ? 2 : 3] = { road, contactPoint: 'start' }
    ;(arms[to] as (Arm | null)[])[isAcross ? 0 : 1] = { road, contactPoint: 'end' }
    roads.push(road)
  }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column + 1 < columns; column++)
      street(row * columns + column, row * columns + column + 1, isMainRow(row))
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column < columns; column++)
      street(row * columns + column, (row + 1) * columns + column, isMainColumn(column))

  const junctions: Junction[] = []
  const connecting: Road[] = []
  for (const [number, node] of nodes.entries()) {
    const all = arms[number] as (Arm | null)[]
    const present = all.filter((arm) => arm !== null)
    const isMain = isMainColumn(node.column) || isMainRow(node.row)
    // A corner of the town is a bend: it has nothing to settle.
    const control =
      present.length === 2 ? 'uncontrolled' : controlOf({ ...usualShares, ...options.shares }, isMain, random)
    const limit = Math.max(...present.map(({ road }) => road.speedLimitMps ?? 0))
    const joined = joinArms(String(10000 + number), present, limit, (from, to, index) =>
      String(100000 * (1 + number) + 1000 * from + 100 * to + index),
    )
    junctions.push(joined.junction)
    connecting.push(...joined.roads)
    const westToEastIsMain =
      all[0] !== null && all[2] !== null && (isMainRow(node.row) || !isMainColumn(node.column))
    for (const [side, arm] of all.entries())
      if (arm) dressArm(arm, signFor(control, (side % 2 === 0) === westToEastIsMain), hasCrosswalks)
  }
  return new RoadNetwork([...roads, ...connecting], junctions)
}

/** From one junction's border to the other's, bent a little. */
function streetCurve(from: Node, to: Node, random: Random) {
  const along = Math.atan2(to.y - from.y, to.x - from.x)
  const bend = bendRad * (2 * random.next() - 1)
  return turnCurve(
    {
      x: from.x + from.radius * Math.cos(along + bend),
      y: from.y + from.radius * Math.sin(along + bend),
      heading: along + bend,
    },
    {
      x: to.x - to.radius * Math.cos(along - bend),
      y: to.y - to.radius * Math.sin(along - bend),
      heading: along - bend,
    },
  )
}

function controlOf(
  shares: Record<JunctionControl, number>,
  isMain: boolean,
  random: Random,
): JunctionControl {
  const kinds = (isMain ? ['signals', 'priority'] : Object.keys(shares)) as JunctionControl[]
  const sum = kinds.reduce((total, kind) => total + shares[kind], 0)
  let draw = random.next() * sum
  for (const kind of kinds) {
    draw -= shares[kind]
    if (draw < 0) return kind
  }
  return isMain ? 'priority' : 'uncontrolled'
}
