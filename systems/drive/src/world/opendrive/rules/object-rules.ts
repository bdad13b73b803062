import type { XmlElement } from '../../xml/xml-element.ts'
import { childrenOf } from '../../xml/xml-element.ts'
import type { RuleContext } from './rule-context.ts'
import { below, elementsOf } from './rule-context.ts'

/** What may be said further of objects of a kind (OpenDRIVE 1.8, 13: attributes and elements by type of object). */
const onlyFor: Record<string, readonly string[]> = {
  parkingSpace: ['parkingSpace'],
  surface: ['roadSurface'],
  markings: ['crosswalk', 'parkingSpace', 'roadMark', 'trafficIsland'],
  borders: ['trafficIsland', 'vegetation', 'parkingSpace', 'crosswalk', 'building'],
  skeleton: ['barrier', 'building', 'gantry', 'obstacle', 'pole', 'vegetation', 'tree'],
}

type Broken = RuleContext['broken']

/** Rules for objects and boards, which nothing drives by: outlines, skeletons, references of corners (OpenDRIVE 1.8, 13 and 14). */
export function checkFurniture({ roads, broken }: Pick<RuleContext, 'roads' | 'broken'>): void {
  for (const { element } of roads) {
    for (const object of childrenOf(below(element, 'objects') ?? { ...element, children: [] }, 'object'))
      checkObject(object, broken)
    for (const signal of childrenOf(below(element, 'signals') ?? { ...element, children: [] }, 'signal'))
      checkSignal(signal, broken)
  }
}

function checkObject(object: XmlElement, broken: Broken): void {
  const { type = '', length, width, radius, height } = object.attributes
  for (const child of object.children) {
    const kinds = onlyFor[child.name]
    if (kinds && type !== '' && !kinds.includes(type))
      broken(child, `stands in an object of type ${type}; it belongs to ${kinds.join(', ')}`)
  }
  if (radius !== undefined && (length !== undefined || width !== undefined))
    broken(
      object,
      'has a radius beside length or width; a round object has radius and height, others length, width and height',
    )
  if (type === 'obstacle' && height === undefined && radius !== undefined) broken(object, 'needs a height')
  for (const repeat of childrenOf(object, 'repeat'))
    for (const name of ['tStart', 'tEnd'])
      if (repeat.attributes[name] === undefined)
        broken(repeat, `needs the attribute ${name} (since OpenDRIVE 1.6); the object's t is taken`)
  const outlines = [object, ...childrenOf(object, 'outlines')].flatMap((held) => childrenOf(held, 'outline'))
  for (const outline of outlines) checkOutline(outline, broken)
  const corners = new Set(
    outlines.flatMap(({ children }) => children.map(({ attributes }) => attributes['id'] ?? '')),
  )
  for (const part of elementsOf(object)) {
    if (part.name === 'polyline') checkPolyline(part, broken)
    if (part.name === 'cornerReference' && outlines.length === 0)
      broken(part, 'names a corner of an outline, but the object has no <outline>')
    else if (part.name === 'cornerReference' && !corners.has(part.attributes['id'] ?? ''))
      broken(part, `names the corner "${part.attributes['id']}", which no outline of the object has`)
    if (part.name === 'border') checkBorder(part, broken)
  }
}

function checkOutline(outline: XmlElement, broken: Broken): void {
  const road = childrenOf(outline, 'cornerRoad').length
  const local = childrenOf(outline, 'cornerLocal').length
  if (road + local === 0) broken(outline, 'needs corners: <cornerRoad> or <cornerLocal>')
  else if (road > 0 && local > 0)
    broken(outline, 'mixes <cornerRoad> and <cornerLocal>; one kind for an outline')
  else if (road + local < 2)
    broken(outline, `needs at least two ${road > 0 ? '<cornerRoad>' : '<cornerLocal>'}, got one`)
}

function checkPolyline(polyline: XmlElement, broken: Broken): void {
  const road = childrenOf(polyline, 'vertexRoad').length
  const local = childrenOf(polyline, 'vertexLocal').length
  if (road > 0 && local > 0) broken(polyline, 'mixes <vertexRoad> and <vertexLocal>; one kind for a line')
  else if (road + local < 2)
    broken(polyline, `needs at least two ${road > 0 ? '<vertexRoad>' : '<vertexLocal>'}, got ${road + local}`)
}

function checkBorder(border: XmlElement, broken: Broken): void {
  const isWhole = border.attributes['useCompleteOutline'] === 'true'
  const references = childrenOf(border, 'cornerReference').length
  if (border.attributes['useCompleteOutline'] === undefined) return
  if (isWhole && references > 0)
    broken(border, 'uses the complete outline, so it may name no corners (<cornerReference>)')
  if (!isWhole && references < 2)
    broken(border, 'does not use the complete outline, so it needs at least two <cornerReference>')
}

function checkSignal(signal: XmlElement, broken: Broken): void {
  const { type, dynamic, value } = signal.attributes
  if (value?.trim() === '') broken(signal, 'has an empty value, where it should be left out; none is taken')
  const panels = childrenOf(signal, 'staticBoard').length
  const displays = childrenOf(signal, 'vmsBoard').length
  if (type === 'multiBoard' && (panels === 0 || displays === 0))
    broken(signal, 'is a multiBoard, which needs both a <staticBoard> and a <vmsBoard>')
  if (displays > 0 && dynamic !== 'yes')
    broken(signal, 'has a <vmsBoard>, which changes, so it needs dynamic="yes"')
  for (const board of childrenOf(signal, 'staticBoard'))
    if (childrenOf(board, 'sign').length === 0) broken(board, 'needs at least one <sign>')
}
