import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  childrenOf,
  choiceAttribute,
  limitAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePosition } from './parse-position.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { ActionContent, DynamicLimits, Dynamics, Shape, SpeedTarget } from './scenario.ts'

export const shapes: readonly Shape[] = ['step', 'linear', 'sinusoidal', 'cubic']

export function parseDynamics(element: XmlElement): Dynamics {
  return {
    shape: choiceAttribute(element, 'dynamicsShape', shapes),
    dimension: choiceAttribute(element, 'dynamicsDimension', ['time', 'rate', 'distance']),
    value: numberAttribute(element, 'value'),
  }
}

const systems = ['entity', 'road', 'lane', 'trajectory', 'world'] as const

/** Whether distances count along the road and not along the entity's own axes. Along a trajectory they are taken along the road that it is on, with a note. */
export function isAlongRoad(element: XmlElement, notes: ReadingNotes): boolean {
  const system = choiceAttribute(element, 'coordinateSystem', systems, 'entity')
  if (system === 'trajectory')
    notes.remark(schemaError(element, 'is along a trajectory, and is taken along the road instead').message)
  return system !== 'entity' && system !== 'world'
}

export function parseLimits(element: XmlElement): { limits?: DynamicLimits } {
  const constraints = optionalChild(element, 'DynamicConstraints')
  if (!constraints) return {}
  const limit = (name: string) => limitAttribute(constraints, name)
  const [up, down] = [limit('maxAccelerationRate'), limit('maxDecelerationRate')]
  return {
    limits: {
      maxAccelerationMps2: limit('maxAcceleration'),
      maxDecelerationMps2: limit('maxDeceleration'),
      maxSpeedMps: limit('maxSpeed'),
      ...(up < Infinity ? { maxAccelerationRate: up } : {}),
      ...(down < Infinity ? { maxDecelerationRate: down } : {}),
    },
  }
}

function parseSpeedTarget(element: XmlElement, context: ParseContext): SpeedTarget {
  const value = numberAttribute(element, 'value')
  if (element.name === 'AbsoluteTargetSpeed') return { kind: 'absolute', value }
  return {
    kind: 'relative',
    entity: context.entityRef(element),
    value,
    isFactor: choiceAttribute(element, 'speedTargetValueType', ['delta', 'factor']) === 'factor',
    isContinuous: booleanAttribute(element, 'continuous'),
  }
}

/** Of two amounts that may stand there, exactly one does. */
function gapOf(element: XmlElement, notes: ReadingNotes): { value: number; isTimeGap: boolean } {
  const { distance, timeGap } = element.attributes
  if ((distance === undefined) === (timeGap === undefined))
    throw schemaError(element, 'needs either a distance or a timeGap')
  const isTimeGap = timeGap !== undefined
  if (isTimeGap) return { value: positiveAttribute(element, 'timeGap'), isTimeGap }
  const value = numberAttribute(element, 'distance')
  // Some files say with the sign on which side it is kept, which is where the entity is anyhow.
  if (value < 0)
    notes.breaks(
      schemaError(element, `needs distance not to be negative, got "${value}": its amount is kept`),
    )
  return { value: Math.abs(value), isTimeGap }
}

const leads = ['any', 'leadingReferencedEntity', 'trailingReferencedEntity'] as const

function parseDistance(element: XmlElement, context: ParseContext): ActionContent {
  return {
    kind: 'longitudinalDistance',
    entity: context.entityRef(element),
    ...gapOf(element, context.notes),
    isFreespace: booleanAttribute(element, 'freespace'),
    isContinuous: booleanAttribute(element, 'continuous'),
    ...(isAlongRoad(element, context.notes) ? { isAlongRoad: true } : {}),
    displacement: choiceAttribute(element, 'displacement', leads, 'any'),
    ...parseLimits(element),
  }
}

function parseSpeedProfile(element: XmlElement, context: ParseContext): ActionContent {
  const entries = childrenOf(element, 'SpeedProfileEntry').map((entry) => ({
    speedMps: numberAttribute(entry, 'speed'),
    timeS: entry.attributes.time === undefined ? null : positiveAttribute(entry, 'time'),
  }))
  if (entries.length === 0) throw schemaError(element, 'needs a <SpeedProfileEntry>')
  const mode = choiceAttribute(element, 'followingMode', ['position', 'follow'], 'position')
  return {
    kind: 'speedProfile',
    entries,
    relativeTo: element.attributes.entityRef === undefined ? null : context.entityRef(element),
    ...parseLimits(element),
    ...(mode === 'follow' ? { isFollowing: true } : {}),
  }
}

/** What a `<LongitudinalAction>` holds. */
export function parseLongitudinal(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name === 'LongitudinalDistanceAction') return parseDistance(element, context)
  if (element.name === 'SpeedProfileAction') return parseSpeedProfile(element, context)
  return {
    kind: 'speed',
    dynamics: parseDynamics(requiredChild(element, 'SpeedActionDynamics')),
    target: parseSpeedTarget(onlyChild(requiredChild(element, 'SpeedActionTarget')), context),
  }
}

type FinalSpeed = NonNullable<(ActionContent & { kind: 'synchronize' })['finalSpeed']>

function parseSteadyState(speed: XmlElement): Pick<FinalSpeed, 'steady'> {
  const distance = optionalChild(speed, 'TargetDistanceSteadyState')
  const time = optionalChild(speed, 'TargetTimeSteadyState')
  if (distance && time) throw schemaError(time, 'may not stand beside <TargetDistanceSteadyState>')
  if (distance) return { steady: { kind: 'distance', value: positiveAttribute(distance, 'distance') } }
  return time ? { steady: { kind: 'time', value: positiveAttribute(time, 'time') } } : {}
}

export function parseSynchronize(element: XmlElement, context: ParseContext): ActionContent {
  const finalSpeed = optionalChild(element, 'FinalSpeed')
  const speed = finalSpeed && onlyChild(finalSpeed)
  return {
    kind: 'synchronize',
    master: context.entityOf(element, attribute(element, 'masterEntityRef')),
    masterPosition: parsePosition(requiredChild(element, 'TargetPositionMaster'), context),
    position: parsePosition(requiredChild(element, 'TargetPosition'), context),
    masterToleranceM: toleranceOf(element, 'targetToleranceMaster'),
    toleranceM: toleranceOf(element, 'targetTolerance'),
    finalSpeed: speed && {
      isRelative: speed.name === 'RelativeSpeedToMaster',
      value: numberAttribute(speed, 'value'),
      ...parseSteadyState(speed),
    },
  }
}

function toleranceOf(element: XmlElement, name: string): number | null {
  return element.attributes[name] !== undefined ? positiveAttribute(element, name, 0) : null
}
