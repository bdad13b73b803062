import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  numberAttribute,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type {
  CommonRoadScene,
  Goal,
  Interval,
  Lanelet,
  Obstacle,
  PlanningProblem,
  Region,
  TimedState,
} from './commonroad.ts'
import { laneletNetwork } from './lanelet-network.ts'
import type { AgentKind } from '../scene/agent-table.ts'

/** The text of an element as a number. Throws `drive-file-invalid`. */
function numberIn(element: XmlElement): number {
  const value = Number(element.text)
  if (element.text === undefined || !Number.isFinite(value) || Math.abs(value) > 1e9)
    throw schemaError(element, `needs a number, got "${element.text ?? ''}"`)
  return value
}

const numberOf = (parent: XmlElement, name: string) => numberIn(requiredChild(parent, name))

/** `<exact>`, or the middle of `<intervalStart>` and `<intervalEnd>`. */
function valueOf(element: XmlElement): number {
  const { from, to } = intervalOf(element)
  return (from + to) / 2
}

function intervalOf(element: XmlElement): Interval {
  const exact = optionalChild(element, 'exact')
  if (exact) return { from: numberIn(exact), to: numberIn(exact) }
  return { from: numberOf(element, 'intervalStart'), to: numberOf(element, 'intervalEnd') }
}

const pointOf = (point: XmlElement) => [numberOf(point, 'x'), numberOf(point, 'y')] as const
const pointsOf = (parent: XmlElement) => childrenOf(parent, 'point').map(pointOf)

const carTypes = new Set(['sidewalk', 'crosswalk', 'bicycleLane', 'busLane', 'busStop'])

function parseLanelet(element: XmlElement, limits: ReadonlyMap<string, number>): Lanelet {
  const bound = (name: string) => {
    const points = pointsOf(requiredChild(element, name))
    if (points.length < 2) throw schemaError(element, `needs two points or more in its ${name}`)
    return points
  }
  const same = (name: string) => {
    const beside = optionalChild(element, name)
    return beside?.attributes['drivingDir'] === 'same' ? attribute(beside, 'ref') : null
  }
  const types = childrenOf(element, 'laneletType').map(({ text }) => text ?? '')
  const own = optionalChild(element, 'speedLimit')
  const signs = childrenOf(element, 'trafficSignRef').map((sign) => limits.get(attribute(sign, 'ref')))
  const [signed] = signs.filter((limit) => limit !== undefined)
  return {
    id: attribute(element, 'id'),
    left: bound('leftBound'),
    right: bound('rightBound'),
    successors: childrenOf(element, 'successor').map((next) => attribute(next, 'ref')),
    leftSame: same('adjacentLeft'),
    rightSame: same('adjacentRight'),
    isForCars: !types.some((type) => carTypes.has(type)),
    limitMps: own ? numberIn(own) : (signed ?? NaN),
  }
}

/** Limits by sign: `274` of Germany and what other countries' sets call a maximum speed; m/s. */
function speedSigns(root: XmlElement): Map<string, number> {
  const limits = new Map<string, number>()
  for (const sign of childrenOf(root, 'trafficSign'))
    for (const part of childrenOf(sign, 'trafficSignElement')) {
      const id = optionalChild(part, 'trafficSignID')?.text ?? ''
      const value = Number(childrenOf(part, 'additionalValue')[0]?.text)
      if (/^(274|R2-1|r301|C14|g_speed.*|.*speed.*)$/i.test(id) && value > 0)
        limits.set(attribute(sign, 'id'), value)
    }
  return limits
}

function parseRegions(position: XmlElement): Region[] {
  const regions: Region[] = []
  const lanelets = childrenOf(position, 'lanelet').map((lanelet) => attribute(lanelet, 'ref'))
  if (lanelets.length > 0) regions.push({ kind: 'lanelets', ids: lanelets })
  for (const shape of position.children) {
    const centre = optionalChild(shape, 'center')
    const [x, y] = centre ? pointOf(centre) : [0, 0]
    if (shape.name === 'rectangle') {
      const turn = optionalChild(shape, 'orientation')
      regions.push({
        kind: 'rectangle',
        x,
        y,
        heading: turn ? numberIn(turn) : 0,
        lengthM: numberOf(shape, 'length'),
        widthM: numberOf(shape, 'width'),
      })
    } else if (shape.name === 'circle')
      regions.push({ kind: 'circle', x, y, radiusM: numberOf(shape, 'radius') })
    else if (shape.name === 'polygon') regions.push({ kind: 'polygon', points: pointsOf(shape) })
    else if (shape.name === 'point') {
      const [px, py] = pointOf(shape)
      regions.push({ kind: 'circle', x: px, y: py, radiusM: 1 })
    }
  }
  return regions
}

function parseState(state: XmlElement, stepS: number): TimedState {
  const position = requiredChild(state, 'position')
  const point = optionalChild(position, 'point')
  // What is known as a region only is at its middle.
  const [region] = point ? [] : parseRegions(position)
  if (!point && (!region || !('x' in region)))
    throw schemaError(position, 'needs a <point> or a shape with a centre')
  const [x, y] = point ? pointOf(point) : [(region as { x: number }).x, (region as { y: number }).y]
  const speed = optionalChild(state, 'velocity')
  const along = speed ? valueOf(speed) : 0
  // A point mass has its velocity along x and y, and points where it goes.
  const across = optionalChild(state, 'velocityY')
  const isPointMass = across !== null && optionalChild(state, 'orientation') === null
  return {
    timeS: valueOf(requiredChild(state, 'time')) * stepS,
    x,
    y,
    heading: isPointMass ? Math.atan2(valueOf(across), along) : valueOf(requiredChild(state, 'orientation')),
    speedMps: isPointMass ? Math.hypot(along, valueOf(across)) : along,
  }
}

const kinds: Record<string, AgentKind> = {
  car: 'car',
  parkedVehicle: 'car',
  taxi: 'car',
  truck: 'truck',
  bus: 'bus',
  train: 'truck',
  motorcycle: 'motorcycle',
  bicycle: 'bicycle',
  pedestrian: 'pedestrian',
  priorityVehicle: 'emergency',
}

function parseObstacle(element: XmlElement, stepS: number): Obstacle {
  const type = optionalChild(element, 'type')?.text ?? 'unknown'
  const [shape] = parseRegions(requiredChild(element, 'shape'))
  const first = parseState(requiredChild(element, 'initialState'), stepS)
  const trajectory = optionalChild(element, 'trajectory')
  const rest = trajectory ? childrenOf(trajectory, 'state').map((state) => parseState(state, stepS)) : []
  return {
    id: attribute(element, 'id'),
    kind: kinds[type] ?? (rest.length > 0 ? 'car' : 'object'),
    ...sizeOf(element, shape),
    states: [first, ...rest],
  }
}

function sizeOf(element: XmlElement, shape: Region | undefined): { lengthM: number; widthM: number } {
  if (shape?.kind === 'rectangle') return { lengthM: shape.lengthM, widthM: shape.widthM }
  if (shape?.kind === 'circle') return { lengthM: 2 * shape.radiusM, widthM: 2 * shape.radiusM }
  if (shape?.kind === 'polygon') {
    const [xs, ys] = [shape.points.map(([x]) => x), shape.points.map(([, y]) => y)]
    return {
      lengthM: 2 * Math.max(...xs.map(Math.abs)),
      widthM: 2 * Math.max(...ys.map(Math.abs)),
    }
  }
  throw schemaError(element, 'needs a shape: rectangle, circle or polygon')
}

function parseGoal(goal: XmlElement, stepS: number): Goal {
  const time = intervalOf(requiredChild(goal, 'time'))
  const position = optionalChild(goal, 'position')
  const speed = optionalChild(goal, 'velocity')
  const heading = optionalChild(goal, 'orientation')
  return {
    timeS: { from: time.from * stepS, to: time.to * stepS },
    regions: position ? parseRegions(position) : [],
    speedMps: speed ? intervalOf(speed) : null,
    heading: heading ? intervalOf(heading) : null,
  }
}

function parseProblem(element: XmlElement, stepS: number): PlanningProblem {
  return {
    id: attribute(element, 'id'),
    start: parseState(requiredChild(element, 'initialState'), stepS),
    goals: childrenOf(element, 'goalState').map((goal) => parseGoal(goal, stepS)),
  }
}

/** A CommonRoad scene of 2018b or 2020a: lanelets as roads, recorded traffic, planning problems. Throws `drive-file-invalid` by file and place. */
export function parseCommonRoad(root: XmlElement): CommonRoadScene {
  if (root.name !== 'commonRoad') throw schemaError(root, 'was found where <commonRoad> was expected')
  const version = attribute(root, 'commonRoadVersion')
  if (!['2018b', '2020a'].includes(version))
    throw schemaError(root, `is of version ${version}; supported are 2018b and 2020a`)
  const stepS = numberAttribute(root, 'timeStepSize')
  if (!(stepS > 0)) throw schemaError(root, `needs a time step above zero, got ${stepS}`)
  const limits = speedSigns(root)
  const lanelets = childrenOf(root, 'lanelet').map((lanelet) => parseLanelet(lanelet, limits))
  if (lanelets.length === 0) throw schemaError(root, 'needs at least one <lanelet>')
  const byId = new Map(lanelets.map((lanelet) => [lanelet.id, lanelet]))
  const source = root.attributes['source'] ?? ''
  const tags = [
    ...(root.attributes['tags'] ?? '').split(' '),
    ...(optionalChild(root, 'scenarioTags')?.children.map(({ name }) => name) ?? []),
  ]
  const obstacles = ['obstacle', 'staticObstacle', 'dynamicObstacle'].flatMap((name) =>
    childrenOf(root, name),
  )
  return {
    benchmark: root.attributes['benchmarkID'] ?? '',
    source,
    isSimulated: tags.includes('simulated') || /sumo/i.test(source),
    stepS,
    lanelets: byId,
    ...laneletNetwork(byId),
    obstacles: obstacles.map((obstacle) => parseObstacle(obstacle, stepS)),
    problems: childrenOf(root, 'planningProblem').map((problem) => parseProblem(problem, stepS)),
  }
}
