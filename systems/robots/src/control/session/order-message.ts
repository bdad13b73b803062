import type { Visit } from '../release/route-book.ts'
import { nodeIdOf, positionOf } from '../release/floor-places.ts'
import type { FloorPlaces } from '../release/floor-places.ts'
import type { Action, ActionParameter } from '../vda5050/messages.ts'
import type { Major } from '../vda5050/protocol.ts'

/** An order of a robot: it begins at a visit, and its name says which. */
export interface OrderName {
  run: string
  robot: number
  /** Number of the visit that is node 0 of the order. */
  start: number
  /** How many orders from there on the robot has dropped before. */
  again: number
}

export function orderIdOf({ run, robot, start, again }: OrderName): string {
  return `${run}.${robot}.${start}.${again}`
}

/** Reads an order's name; null where it is not one of this run and robot. */
export function parseOrderId(orderId: string, run: string, robot: number): OrderName | null {
  const match = /^([\w-]+)\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(orderId)
  if (match === null || match[1] !== run || Number(match[2]) !== robot) return null
  return { run, robot, start: Number(match[3]), again: Number(match[4]) }
}

/** A robot that stands this share of a cell off its middle is inside its cell: a tenth. */
const deviationsInCell = 10

/**
 * The order, or its update, that gives a robot its way from visit `from` (the end of the base that it has) to `to`, with `visits` after that as horizon: JSON of all
 * that comes after the header, from the first field on to the closing brace. `orderUpdateId` is the number of the last released node, so that it follows from the way
 * alone: who sends again, or in another's place, sends the same.
 */
export function orderText(
  major: Major,
  places: FloorPlaces,
  name: OrderName,
  way: { from: number; to: number; visits: readonly Visit[] },
  parameters: readonly ActionParameter[] = [],
): string {
  const { from, to, visits } = way
  const known = placeTexts(major, places)
  let nodes = ''
  let edges = ''
  for (const [at, { cell, errand }] of visits.entries()) {
    const { id, position } = (known[cell] ??= placeText(major, places, cell))
    const number = 2 * (from + at - name.start)
    const released = from + at <= to
    const actions = errand === null ? '' : JSON.stringify(errandAction(errand, parameters))
    if (at > 0) {
      const before = known[visits[at - 1]!.cell]!.id
      const ends = major === 2 ? `,"startNodeId":"${before}","endNodeId":"${id}"` : ''
      edges += `${at === 1 ? '' : ','}{"edgeId":"${before}-${id}","sequenceId":${number - 1},"released":${released}${ends},"actions":[]}`
      nodes += ','
    }
    nodes += `{"nodeId":"${id}","sequenceId":${number},"released":${released},"nodePosition":${position},"actions":[${actions}]}`
  }
  return `"orderId":"${orderIdOf(name)}","orderUpdateId":${to - name.start},"nodes":[${nodes}],"edges":[${edges}]}`
}

/** Name and position of a node, as they stand in JSON; the name without its quotes. */
interface PlaceText {
  id: string
  position: string
}

const texts: Record<Major, WeakMap<FloorPlaces, PlaceText[]>> = { 2: new WeakMap(), 3: new WeakMap() }

/** Of each cell, as it is written again and again. */
function placeTexts(major: Major, places: FloorPlaces): PlaceText[] {
  let known = texts[major].get(places)
  if (known === undefined) texts[major].set(places, (known = []))
  return known
}

function placeText(major: Major, places: FloorPlaces, cell: number): PlaceText {
  const radius = places.cellMetres / deviationsInCell
  return {
    id: JSON.stringify(nodeIdOf(places, cell)).slice(1, -1),
    position: JSON.stringify({
      ...positionOf(places, cell),
      mapId: places.mapId,
      // A radius in 2.1, an ellipse in 3.0.
      allowedDeviationXY: major === 2 ? radius : { a: radius, b: radius, theta: 0 },
    }),
  }
}

/** Errands are picked up one after the other and dropped at the last. The name is the same whenever it is sent, so no robot does one twice. */
function errandAction(
  { task, errand, isLast }: NonNullable<Visit['errand']>,
  parameters: readonly ActionParameter[],
): Action {
  return {
    actionType: isLast ? 'drop' : 'pick',
    actionId: `${task}-${errand}`,
    blockingType: 'HARD',
    actionParameters: [{ key: 'loadId', value: String(task) }, ...parameters],
  }
}
