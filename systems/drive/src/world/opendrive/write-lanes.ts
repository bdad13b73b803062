import type { XmlNode } from '../xml/write-xml.ts'
import { holder, node } from '../xml/write-xml.ts'
import { linkedLanes } from './follow-lane.ts'
import type { Lane, LaneSection, RoadMark } from './road.ts'

function markNode(mark: RoadMark): XmlNode {
  return node('roadMark', {
    sOffset: mark.start,
    type: mark.type,
    weight: mark.weight,
    color: mark.color,
    material: mark.material,
    width: Number.isNaN(mark.widthM) ? undefined : mark.widthM,
    laneChange: mark.laneChange,
  })
}

function laneNode(lane: Lane): XmlNode {
  return node(
    'lane',
    { id: lane.id, type: lane.type, level: lane.isLevel === true, direction: lane.direction },
    [
      holder('link', [
        ...linkedLanes(lane, -1).map((id) => node('predecessor', { id })),
        ...linkedLanes(lane, 1).map((id) => node('successor', { id })),
      ]),
      ...lane.width.toPieces().map(({ start, a, b, c, d }) => node('width', { sOffset: start, a, b, c, d })),
      ...(lane.roadMarks ?? []).map(markNode),
      ...(lane.speedLimits ?? []).map(({ start, limitMps }) =>
        node('speed', {
          sOffset: start,
          max: limitMps === Infinity ? 'no limit' : limitMps,
          unit: limitMps === Infinity ? undefined : 'm/s',
        }),
      ),
      ...(lane.access ?? []).map(({ start, rule, traffic }) =>
        node(
          'access',
          { sOffset: start, rule },
          traffic.map((type) => node('restriction', { type })),
        ),
      ),
    ],
  )
}

/** Lanes from the left border to the right one, as the format has them. */
export function laneSectionNode({ s, left, right, centreMarks = [] }: LaneSection): XmlNode {
  return node('laneSection', { s }, [
    holder('left', left.toReversed().map(laneNode)),
    node('center', {}, [node('lane', { id: 0, type: 'none', level: false }, centreMarks.map(markNode))]),
    holder('right', right.map(laneNode)),
  ])
}
