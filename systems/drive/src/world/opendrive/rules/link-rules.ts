import type { XmlElement } from '../../xml/xml-element.ts'
import { childrenOf } from '../../xml/xml-element.ts'
import { linkedLanes } from '../follow-lane.ts'
import type { JunctionConnection, LaneSection, Road, RoadLink } from '../road.ts'
import { laneOf } from '../road.ts'
import type { ReadRoad, RuleContext } from './rule-context.ts'
import { below, endOf, laneElement } from './rule-context.ts'

/** How far apart roads that follow one another may begin and end. */
const gapM = 0.1
const noWidthM = 1e-3

const ends = [
  ['predecessor', 'start'],
  ['successor', 'end'],
] as const

const sectionAt = (road: Road, contact: 'start' | 'end') =>
  road.sections[contact === 'start' ? 0 : road.sections.length - 1] as LaneSection

/** Rules for what follows a road: roads, and lanes over the ends of roads (OpenDRIVE 1.7, 10.3 and 11.6). */
export function checkRoadLinks(context: RuleContext): void {
  const claimed = new Map<string, ReadRoad>()
  for (const read of context.roads) {
    checkTarget(context, read)
    for (const [name, own] of ends) {
      const link = read.road[name]
      if (link?.kind !== 'road' || link.midway || !context.roadOf(link.id)) continue
      const at = below(read.element, 'link', name) ?? read.element
      checkMeets(context, read, own, link, at)
      checkLaneLinks(context, read, own, link)
      if (read.road.junction !== null) continue
      const key = `${link.id} ${link.contactPoint}`
      const first = claimed.get(key)
      if (first && context.roadOf(link.id)?.road.junction === null)
        context.broken(
          at,
          `leads to the ${link.contactPoint} of road ${link.id} as road ${first.road.id} does too; where roads come together a junction is needed`,
        )
      claimed.set(key, read)
    }
  }
}

function checkTarget({ network, roadOf, broken }: RuleContext, { element, road }: ReadRoad): void {
  for (const [name] of ends) {
    const found = below(element, 'link', name)
    const kind = found?.attributes['elementType']
    if (found && kind !== 'road' && kind !== 'junction')
      broken(found, `has elementType="${kind}"; a road leads to a road or a junction, so here it ends`)
    const link = road[name]
    if (!link || !found) continue
    if (link.kind === 'junction' ? !network.junctions.has(link.id) : !roadOf(link.id))
      broken(found, `names ${link.kind} "${link.id}", which the file does not have; the road ends there`)
  }
  if (road.junction !== null && !network.junctions.has(road.junction))
    broken(element, `belongs to junction "${road.junction}", which the file does not have`)
}

function checkMeets(
  { network, roadOf, broken }: RuleContext,
  read: ReadRoad,
  own: 'start' | 'end',
  link: RoadLink & { kind: 'road' },
  at: XmlElement,
): void {
  const other = roadOf(link.id) as ReadRoad
  const [x, y] = endOf(network, read.index, own)
  const [x2, y2] = endOf(network, other.index, link.contactPoint)
  const [x3, y3] = endOf(network, other.index, link.contactPoint === 'start' ? 'end' : 'start')
  const gap = Math.hypot(x - x2, y - y2)
  // Reference lines may be beside each other where a junction or lane offset moves them; a wrong contact point is as far off as the road is long.
  if (gap > gapM && Math.hypot(x - x3, y - y3) < gapM)
    broken(
      at,
      `names the ${link.contactPoint} of road ${link.id} as contact point, but it is the other end that lies there`,
    )
  else if (gap > gapM && read.road.junction === null && other.road.junction === null)
    broken(at, `leads to road ${link.id}, whose ${link.contactPoint} lies ${gap.toFixed(2)} m away: a gap`)
  const back = other.road[link.contactPoint === 'start' ? 'predecessor' : 'successor']
  if (
    read.road.junction === null &&
    other.road.junction === null &&
    back?.kind === 'road' &&
    back.id !== read.road.id
  )
    broken(at, `leads to road ${link.id}, which names road ${back.id} there instead: links have to agree`)
}

function checkLaneLinks(
  { roadOf, broken }: RuleContext,
  { element, road }: ReadRoad,
  own: 'start' | 'end',
  link: RoadLink & { kind: 'road' },
): void {
  const other = (roadOf(link.id) as ReadRoad).road
  const section = sectionAt(road, own)
  const index = road.sections.indexOf(section)
  const there = sectionAt(other, link.contactPoint)
  const direction = own === 'end' ? 1 : -1
  for (const lane of [...section.left, ...section.right]) {
    const at = () => laneElement(element, index, lane.id) ?? element
    const width = lane.width.at(own === 'end' ? section.end - section.s : 0)
    for (const [place, id] of linkedLanes(lane, direction).entries()) {
      const target = laneOf(there, id)
      const thereWidth = target?.width.at(link.contactPoint === 'end' ? there.end - there.s : 0) ?? 0
      if (!target) broken(at(), `leads to lane ${id} of road ${link.id}, which does not have it there`)
      else if (width < noWidthM !== thereWidth < noWidthM)
        broken(
          at(),
          `is linked to lane ${id} of road ${link.id}, but one of them has no width there: a lane that appears or ends is not linked`,
        )
      else if ((target.isLevel === true) !== (lane.isLevel === true))
        broken(at(), `has another level than lane ${id} of road ${link.id}, which it is linked to`)
      if (place > 0)
        broken(
          at(),
          `is linked to ${id} beside another lane of road ${link.id}; only the lane that goes on is linked`,
        )
    }
  }
}

/** Rules for junctions (OpenDRIVE 1.7, 12). */
export function checkJunctions(context: RuleContext): void {
  for (const { element, junction } of context.junctions) {
    const connections = childrenOf(element, 'connection')
    const pairs = new Map<string, XmlElement>()
    const incoming = new Set(connections.map(({ attributes }) => attributes['incomingRoad']))
    for (const at of connections) {
      const { incomingRoad = '', connectingRoad, linkedRoad } = at.attributes
      const other = connectingRoad ?? linkedRoad ?? ''
      const pair = `${incomingRoad} ${other} ${at.attributes['contactPoint']}`
      if (pairs.has(pair))
        context.broken(
          at,
          `connects road ${incomingRoad} with road ${other} once more; one <connection> holds all lane links of a pair`,
        )
      pairs.set(pair, at)
      if (connectingRoad !== undefined && incoming.has(connectingRoad))
        context.broken(at, `has road ${connectingRoad} as connecting road, which is an incoming road too`)
      const connection = junction.connections.find(
        (read) => read.incomingRoad === incomingRoad && read.connectingRoad === other,
      )
      if (connection) checkConnection(context, at, junction.id, junction.kind, connection)
    }
  }
}

function checkConnection(
  context: RuleContext,
  at: XmlElement,
  junction: string,
  kind: string | undefined,
  { incomingRoad, connectingRoad, contactPoint }: JunctionConnection,
): void {
  const { roadOf, broken } = context
  const from = roadOf(incomingRoad)
  const over = roadOf(connectingRoad)
  if (!from) broken(at, `has the incoming road "${incomingRoad}", which the file does not have`)
  if (!over) broken(at, `has the connecting road "${connectingRoad}", which the file does not have`)
  if (!from || !over || kind === 'crossing') return
  if (kind === undefined) {
    if (from.road.junction !== null)
      broken(
        at,
        `has road ${incomingRoad} as incoming road, which is a connecting road of junction ${from.road.junction}`,
      )
    if (over.road.junction !== junction)
      broken(
        at,
        `has road ${connectingRoad} as connecting road, which does not belong to junction ${junction}`,
      )
    const met = over.road[contactPoint === 'start' ? 'predecessor' : 'successor']
    if (met?.kind === 'road' && met.id !== incomingRoad)
      broken(
        at,
        `has the contact point ${contactPoint}, but the connecting road ${connectingRoad} meets road ${met.id} at its ${contactPoint}`,
      )
  }
  if (kind !== 'virtual') checkConnectionLanes(context, at, junction, from.road, over.road, contactPoint)
}

function checkConnectionLanes(
  { broken }: RuleContext,
  connection: XmlElement,
  junction: string,
  from: Road,
  over: Road,
  contactPoint: 'start' | 'end',
): void {
  const isAtStart = from.predecessor?.kind === 'junction' && from.predecessor.id === junction
  const isAtEnd = from.successor?.kind === 'junction' && from.successor.id === junction
  if (!isAtStart && !isAtEnd) return
  const own = isAtEnd ? 'end' : 'start'
  const section = sectionAt(from, own)
  const there = sectionAt(over, contactPoint)
  const linked = new Map<number, number>()
  for (const at of childrenOf(connection, 'laneLink')) {
    const [laneFrom, laneTo] = [Number(at.attributes['from']), Number(at.attributes['to'])]
    const lane = laneOf(section, laneFrom)
    const target = laneOf(there, laneTo)
    if (!lane && laneFrom !== 0)
      broken(at, `leads from lane ${laneFrom}, which road ${from.id} does not have there`)
    if (!target && laneTo !== 0)
      broken(at, `leads to lane ${laneTo}, which road ${over.id} does not have there`)
    if (!lane || !target) continue
    const width = lane.width.at(own === 'end' ? section.end - section.s : 0)
    const thereWidth = target.width.at(contactPoint === 'end' ? there.end - there.s : 0)
    if (width >= noWidthM && thereWidth < noWidthM)
      broken(
        at,
        `leads to lane ${laneTo}, which begins there with no width: a lane that appears is not linked`,
      )
    const before = linked.get(laneFrom)
    if (before !== undefined && before !== laneTo)
      broken(
        at,
        `leads from lane ${laneFrom} again, to ${laneTo} beside ${before}; only the lane that goes on is linked`,
      )
    linked.set(laneFrom, laneTo)
    if ((lane.isLevel === true) !== (target.isLevel === true))
      broken(
        at,
        `links lanes of different level: ${laneFrom} of road ${from.id} and ${laneTo} of road ${over.id}`,
      )
    // Where both ends of a road are at the junction, either may be meant.
    if (!(isAtStart && isAtEnd) && lane.direction !== 'both' && lane.type === 'driving')
      checkWay(at, laneFrom, from, own, broken)
  }
}

function checkWay(
  at: XmlElement,
  lane: number,
  from: Road,
  own: 'start' | 'end',
  broken: RuleContext['broken'],
): void {
  const isAlong = lane < 0 === (from.rule === 'RHT')
  if (isAlong !== (own === 'end'))
    broken(
      at,
      `leads from lane ${lane} of road ${from.id}, whose traffic comes out of the junction; links begin at lanes that lead in`,
    )
}
