import type { Visit } from '../release/route-book.ts'
import { nodeIdOf, positionOf } from '../release/floor-places.ts'
import type { FloorPlaces } from '../release/floor-places.ts'
import type { Action, ActionParameter, Header, Order, OrderNode } from '../vda5050/messages.ts'

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

/** A tenth of a cell to each side: a robot that stands there is inside its cell. */
const deviationShare = 0.1

/**
 * The order, or its update, that gives a robot its way from visit `from` (the end of the base that it has) to `to`, with `visits` after that as horizon.
 * `orderUpdateId` is the number of the last released node, so that it follows from the way alone: who sends again, or in another's place, sends the same.
 */
export function orderMessage(
  header: Header,
  places: FloorPlaces,
  name: OrderName,
  way: { from: number; to: number; visits: readonly Visit[] },
  parameters: readonly ActionParameter[] = [],
): Order {
  const { from, to, visits } = way
  const nodes = visits.map(({ cell, errand }, at): OrderNode => {
    const number = from + at
    return {
      nodeId: nodeIdOf(cell),
      sequenceId: 2 * (number - name.start),
      released: number <= to,
      nodePosition: {
        ...positionOf(places, cell),
        mapId: places.mapId,
        allowedDeviationXY: {
          a: places.cellMetres * deviationShare,
          b: places.cellMetres * deviationShare,
          theta: 0,
        },
      },
      actions: errand === null ? [] : [errandAction(errand, parameters)],
    }
  })
  const edges = nodes.slice(1).map(({ nodeId, sequenceId, released }, at) => ({
    edgeId: `${nodes[at]!.nodeId}-${nodeId}`,
    sequenceId: sequenceId - 1,
    released,
    actions: [],
  }))
  return { ...header, orderId: orderIdOf(name), orderUpdateId: to - name.start, nodes, edges }
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
