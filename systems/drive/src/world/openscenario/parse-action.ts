import type { XmlElement } from '../xml/xml-element.ts'
import {
  allowOnly,
  attribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { parseControllerSettings } from './parse-controller.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePosition } from './parse-position.ts'
import { parseWaypoints, routeIn } from './parse-route.ts'
import { parseFollowTrajectory } from './parse-trajectory.ts'
import type { ActionContent, DynamicLimits, Dynamics, Shape, SpeedTarget } from './scenario.ts'

const shapes: readonly Shape[] = ['step', 'linear', 'sinusoidal', 'cubic']

function parseDynamics(element: XmlElement): Dynamics {
  return {
    shape: choiceAttribute(element, 'dynamicsShape', shapes),
    dimension: choiceAttribute(element, 'dynamicsDimension', ['time', 'rate', 'distance']),
    value: numberAttribute(element, 'value'),
  }
}

function isTrue(element: XmlElement, name: string, fallback?: 'true' | 'false'): boolean {
  return choiceAttribute(element, name, ['true', 'false'], fallback) === 'true'
}

function isAlongRoad(element: XmlElement): boolean {
  return choiceAttribute(element, 'coordinateSystem', ['entity', 'road', 'lane'], 'entity') !== 'entity'
}

function unsupported(element: XmlElement, supported: string): never {
  throw schemaError(element, `is not supported; supported are ${supported}`)
}

function parseSpeedTarget(element: XmlElement, context: ParseContext): SpeedTarget {
  const value = numberAttribute(element, 'value')
  if (element.name === 'AbsoluteTargetSpeed') return { kind: 'absolute', value }
  if (element.name !== 'RelativeTargetSpeed') unsupported(element, 'AbsoluteTargetSpeed, RelativeTargetSpeed')
  return {
    kind: 'relative',
    entity: context.entityOf(element, attribute(element, 'entityRef')),
    value,
    isFactor: choiceAttribute(element, 'speedTargetValueType', ['delta', 'factor']) === 'factor',
    isContinuous: isTrue(element, 'continuous'),
  }
}

function parseLimits(element: XmlElement): { limits?: DynamicLimits } {
  const constraints = optionalChild(element, 'DynamicConstraints')
  if (!constraints) return {}
  const limit = (name: string) => numberAttribute(constraints, name, Infinity)
  return {
    limits: {
      maxAccelerationMps2: limit('maxAcceleration'),
      maxDecelerationMps2: limit('maxDeceleration'),
      maxSpeedMps: limit('maxSpeed'),
    },
  }
}

const sides = ['any', 'leftToReferencedEntity', 'rightToReferencedEntity'] as const

function parseLateralDistance(element: XmlElement, context: ParseContext): ActionContent {
  // Across the road and across the other entity are the same here: it is measured across the road.
  isAlongRoad(element)
  return {
    kind: 'lateralDistance',
    entity: context.entityOf(element, attribute(element, 'entityRef')),
    distance: numberAttribute(element, 'distance', 0),
    isFreespace: isTrue(element, 'freespace'),
    isContinuous: isTrue(element, 'continuous'),
    displacement: choiceAttribute(element, 'displacement', sides, 'any'),
    ...parseLimits(element),
  }
}

function parseLongitudinal(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name === 'SpeedAction') {
    allowOnly(element, ['SpeedActionDynamics', 'SpeedActionTarget'])
    return {
      kind: 'speed',
      dynamics: parseDynamics(requiredChild(element, 'SpeedActionDynamics')),
      target: parseSpeedTarget(onlyChild(requiredChild(element, 'SpeedActionTarget')), context),
    }
  }
  if (element.name === 'SpeedProfileAction') return parseSpeedProfile(element, context)
  if (element.name !== 'LongitudinalDistanceAction')
    unsupported(element, 'SpeedAction, SpeedProfileAction, LongitudinalDistanceAction')
  allowOnly(element, ['DynamicConstraints'])
  const isTimeGap = element.attributes.timeGap !== undefined
  return {
    kind: 'longitudinalDistance',
    entity: context.entityOf(element, attribute(element, 'entityRef')),
    value: numberAttribute(element, isTimeGap ? 'timeGap' : 'distance'),
    isTimeGap,
    isFreespace: isTrue(element, 'freespace'),
    isContinuous: isTrue(element, 'continuous'),
    ...(isAlongRoad(element) ? { isAlongRoad: true } : {}),
    displacement: choiceAttribute(
      element,
      'displacement',
      ['any', 'leadingReferencedEntity', 'trailingReferencedEntity'],
      'any',
    ),
    ...parseLimits(element),
  }
}

function parseSpeedProfile(element: XmlElement, context: ParseContext): ActionContent {
  allowOnly(element, ['SpeedProfileEntry'])
  choiceAttribute(element, 'followingMode', ['position'], 'position')
  const { entityRef } = element.attributes
  const entries = childrenOf(element, 'SpeedProfileEntry').map((entry) => ({
    speedMps: numberAttribute(entry, 'speed'),
    timeS: entry.attributes.time === undefined ? null : numberAttribute(entry, 'time'),
  }))
  if (entries.length === 0) throw schemaError(element, 'needs a <SpeedProfileEntry>')
  return {
    kind: 'speedProfile',
    entries,
    relativeTo: entityRef === undefined ? null : context.entityOf(element, entityRef),
  }
}

/** Where a file says nothing of how near is there. */
const usualToleranceM = 1

function parseSynchronize(element: XmlElement, context: ParseContext): ActionContent {
  allowOnly(element, ['TargetPositionMaster', 'TargetPosition', 'FinalSpeed'])
  const finalSpeed = optionalChild(element, 'FinalSpeed')
  const speed = finalSpeed && onlyChild(finalSpeed)
  if (speed && speed.name !== 'AbsoluteSpeed' && speed.name !== 'RelativeSpeedToMaster')
    unsupported(speed, 'AbsoluteSpeed, RelativeSpeedToMaster')
  if (speed) allowOnly(speed, [])
  return {
    kind: 'synchronize',
    master: context.entityOf(element, attribute(element, 'masterEntityRef')),
    masterPosition: parsePosition(requiredChild(element, 'TargetPositionMaster'), context),
    position: parsePosition(requiredChild(element, 'TargetPosition'), context),
    masterToleranceM: numberAttribute(element, 'targetToleranceMaster', usualToleranceM),
    toleranceM: numberAttribute(element, 'targetTolerance', usualToleranceM),
    finalSpeed: speed && {
      isRelative: speed.name === 'RelativeSpeedToMaster',
      value: numberAttribute(speed, 'value'),
    },
  }
}

function parseAppearance(element: XmlElement): ActionContent {
  const action = onlyChild(element)
  if (action.name !== 'LightStateAction') unsupported(action, 'LightStateAction')
  allowOnly(action, ['LightType', 'LightState'])
  const type = onlyChild(requiredChild(action, 'LightType'))
  return {
    kind: 'lightState',
    light:
      type.name === 'VehicleLight'
        ? attribute(type, 'vehicleLightType')
        : attribute(type, 'userDefinedLightType'),
    mode: choiceAttribute(requiredChild(action, 'LightState'), 'mode', ['on', 'off', 'flashing']),
  }
}

function parseLateral(element: XmlElement, context: ParseContext): ActionContent {
  const relative = (target: XmlElement, name: string) =>
    target.name === name ? context.entityOf(target, attribute(target, 'entityRef')) : null
  if (element.name === 'LaneChangeAction') {
    allowOnly(element, ['LaneChangeActionDynamics', 'LaneChangeTarget'])
    const target = onlyChild(requiredChild(element, 'LaneChangeTarget'))
    return {
      kind: 'laneChange',
      dynamics: parseDynamics(requiredChild(element, 'LaneChangeActionDynamics')),
      targetOffset: numberAttribute(element, 'targetLaneOffset', 0),
      lane: numberAttribute(target, 'value'),
      relativeTo: relative(target, 'RelativeTargetLane'),
    }
  }
  if (element.name === 'LateralDistanceAction') return parseLateralDistance(element, context)
  if (element.name !== 'LaneOffsetAction')
    unsupported(element, 'LaneChangeAction, LaneOffsetAction, LateralDistanceAction')
  allowOnly(element, ['LaneOffsetActionDynamics', 'LaneOffsetTarget'])
  const dynamics = requiredChild(element, 'LaneOffsetActionDynamics')
  const target = onlyChild(requiredChild(element, 'LaneOffsetTarget'))
  return {
    kind: 'laneOffset',
    shape: choiceAttribute(dynamics, 'dynamicsShape', shapes),
    maxLateralAcc: numberAttribute(dynamics, 'maxLateralAcc', Infinity),
    offset: numberAttribute(target, 'value'),
    relativeTo: relative(target, 'RelativeTargetLaneOffset'),
    ...(isTrue(element, 'continuous') ? { isContinuous: true } : {}),
  }
}

function activation(activate: XmlElement | null): { isLongitudinal: boolean; isOff?: boolean } {
  const isGiven = activate?.attributes.longitudinal !== undefined
  const isLongitudinal = !!activate && isGiven && isTrue(activate, 'longitudinal')
  return isGiven && !isLongitudinal ? { isLongitudinal, isOff: true } : { isLongitudinal }
}

/** A pedal of an `<OverrideControllerValueAction>`. */
function parsePedal(override: XmlElement, name: string): number | null | undefined {
  const pedal = optionalChild(override, name)
  if (!pedal) return undefined
  if (!isTrue(pedal, 'active')) return null
  const held = name === 'Brake' ? (optionalChild(pedal, 'BrakePercent') ?? pedal) : pedal
  const value = numberAttribute(held, 'value')
  if (value < 0 || value > 1) throw schemaError(held, `needs a value from 0 to 1, got ${value}`)
  return value
}

/** Only pedals can be held: what else is switched on has no part in the motion here. */
function parseOverride(override: XmlElement): ActionContent {
  for (const held of override.children)
    if (held.name !== 'Throttle' && held.name !== 'Brake' && held.attributes.active !== 'false')
      throw schemaError(held, 'is not supported with active="true"; supported are Throttle, Brake')
  const throttle = parsePedal(override, 'Throttle')
  const brake = parsePedal(override, 'Brake')
  return {
    kind: 'overrideController',
    ...(throttle === undefined ? {} : { throttle }),
    ...(brake === undefined ? {} : { brake }),
  }
}

function parseController(element: XmlElement, context: ParseContext): ActionContent {
  allowOnly(element, ['ActivateControllerAction', 'AssignControllerAction', 'OverrideControllerValueAction'])
  const activate = optionalChild(element, 'ActivateControllerAction')
  const assign = optionalChild(element, 'AssignControllerAction')
  const override = optionalChild(element, 'OverrideControllerValueAction')
  // In OpenSCENARIO 1.0 all three have to be there: one beside the others that overrides nothing says nothing.
  if (override && !activate && !assign) return parseOverride(override)
  if (override?.children.some(({ attributes }) => attributes.active !== 'false'))
    throw schemaError(
      override,
      'is not supported beside another controller action; give it an action of its own',
    )
  if (!assign) return { kind: 'activateController', ...activation(activate) }
  const held = onlyChild(assign)
  const controller = held.name === 'CatalogReference' ? context.fromCatalog(held) : held
  if (controller.name !== 'Controller') unsupported(controller, 'Controller, CatalogReference')
  const settings = parseControllerSettings(controller)
  const isActive = assign.attributes.activateLongitudinal === 'true'
  return {
    kind: 'activateController',
    ...(activate ? activation(activate) : { isLongitudinal: isActive }),
    assigned: attribute(controller, 'name'),
    ...(settings ? { settings } : {}),
  }
}

function parseRouting(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name === 'AcquirePositionAction')
    return {
      kind: 'route',
      waypoints: [parsePosition(requiredChild(element, 'Position'), context)],
      endsThere: true,
    }
  if (element.name === 'FollowTrajectoryAction') return parseFollowTrajectory(element, context)
  if (element.name !== 'AssignRouteAction')
    unsupported(element, 'FollowTrajectoryAction, AssignRouteAction, AcquirePositionAction')
  return { kind: 'route', ...parseWaypoints(routeIn(element, context), context), endsThere: false }
}

/** The content of a `<PrivateAction>`. */
export function parsePrivateAction(element: XmlElement, context: ParseContext): ActionContent {
  return context.memo.of(element, () => readPrivateAction(element, context))
}

function readPrivateAction(element: XmlElement, context: ParseContext): ActionContent {
  const action = onlyChild(element)
  switch (action.name) {
    case 'TeleportAction':
      return { kind: 'teleport', position: parsePosition(requiredChild(action, 'Position'), context) }
    case 'LongitudinalAction':
      return parseLongitudinal(onlyChild(action), context)
    case 'LateralAction':
      return parseLateral(onlyChild(action), context)
    case 'RoutingAction':
      return parseRouting(onlyChild(action), context)
    case 'ControllerAction':
      return parseController(action, context)
    case 'SynchronizeAction':
      return parseSynchronize(action, context)
    case 'VisibilityAction':
      return {
        kind: 'visibility',
        isVisible: isTrue(action, 'graphics'),
        inTraffic: isTrue(action, 'traffic'),
        inSensors: isTrue(action, 'sensors'),
      }
    case 'AppearanceAction':
      return parseAppearance(action)
    case 'ActivateControllerAction':
      return { kind: 'activateController', ...activation(action) }
    default:
      return unsupported(
        action,
        'TeleportAction, LongitudinalAction, LateralAction, RoutingAction, ControllerAction, ActivateControllerAction, SynchronizeAction, VisibilityAction, AppearanceAction',
      )
  }
}
