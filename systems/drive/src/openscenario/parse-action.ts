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
import type { ParseContext } from './parse-context.ts'
import { parsePosition } from './parse-position.ts'
import type { ActionContent, Dynamics, Shape, SpeedTarget } from './scenario.ts'

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
  const constraints = optionalChild(element, 'DynamicConstraints')
  const limit = (name: string) => (constraints ? numberAttribute(constraints, name, Infinity) : Infinity)
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
    ...(constraints
      ? {
          limits: {
            maxAccelerationMps2: limit('maxAcceleration'),
            maxDecelerationMps2: limit('maxDeceleration'),
            maxSpeedMps: limit('maxSpeed'),
          },
        }
      : {}),
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
  if (element.name !== 'LaneOffsetAction') unsupported(element, 'LaneChangeAction, LaneOffsetAction')
  if (isTrue(element, 'continuous')) throw schemaError(element, 'is not supported with continuous="true"')
  allowOnly(element, ['LaneOffsetActionDynamics', 'LaneOffsetTarget'])
  const dynamics = requiredChild(element, 'LaneOffsetActionDynamics')
  const target = onlyChild(requiredChild(element, 'LaneOffsetTarget'))
  return {
    kind: 'laneOffset',
    shape: choiceAttribute(dynamics, 'dynamicsShape', shapes),
    maxLateralAcc: numberAttribute(dynamics, 'maxLateralAcc', Infinity),
    offset: numberAttribute(target, 'value'),
    relativeTo: relative(target, 'RelativeTargetLaneOffset'),
  }
}

function parseTrajectory(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name !== 'FollowTrajectoryAction')
    unsupported(element, 'FollowTrajectoryAction, AssignRouteAction, AcquirePositionAction')
  allowOnly(element, ['TrajectoryRef', 'Trajectory', 'TimeReference', 'TrajectoryFollowingMode'])
  const holder = optionalChild(element, 'TrajectoryRef') ?? element
  const polyline = onlyChild(requiredChild(requiredChild(holder, 'Trajectory'), 'Shape'))
  if (polyline.name !== 'Polyline') unsupported(polyline, 'Polyline')
  const vertices = childrenOf(polyline, 'Vertex').map((vertex) => ({
    timeS: numberAttribute(vertex, 'time', 0),
    position: parsePosition(requiredChild(vertex, 'Position'), context),
  }))
  if (vertices.length < 2) throw schemaError(polyline, 'needs at least two vertices')
  const reference = optionalChild(element, 'TimeReference')
  const timing = reference && optionalChild(reference, 'Timing')
  return {
    kind: 'followTrajectory',
    vertices,
    timing: timing && {
      isRelative: choiceAttribute(timing, 'domainAbsoluteRelative', ['absolute', 'relative']) === 'relative',
      scale: numberAttribute(timing, 'scale'),
      offset: numberAttribute(timing, 'offset'),
    },
  }
}

function activation(activate: XmlElement | null): { isLongitudinal: boolean; isOff?: boolean } {
  const isGiven = activate?.attributes.longitudinal !== undefined
  const isLongitudinal = !!activate && isGiven && isTrue(activate, 'longitudinal')
  return isGiven && !isLongitudinal ? { isLongitudinal, isOff: true } : { isLongitudinal }
}

function parseController(element: XmlElement, context: ParseContext): ActionContent {
  allowOnly(element, ['ActivateControllerAction', 'AssignControllerAction', 'OverrideControllerValueAction'])
  const activate = optionalChild(element, 'ActivateControllerAction')
  const assign = optionalChild(element, 'AssignControllerAction')
  const override = optionalChild(element, 'OverrideControllerValueAction')
  // In OpenSCENARIO 1.0 all three have to be there: one that overrides nothing says nothing.
  if (override?.children.some(({ attributes }) => attributes.active !== 'false'))
    unsupported(override, 'AssignControllerAction, ActivateControllerAction')
  if (!assign) return { kind: 'activateController', ...activation(activate) }
  const held = onlyChild(assign)
  const controller = held.name === 'CatalogReference' ? context.fromCatalog(held) : held
  if (controller.name !== 'Controller') unsupported(controller, 'Controller, CatalogReference')
  const isActive = assign.attributes.activateLongitudinal === 'true'
  return {
    kind: 'activateController',
    ...(activate ? activation(activate) : { isLongitudinal: isActive }),
    assigned: attribute(controller, 'name'),
  }
}

function parseRouting(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name === 'AcquirePositionAction')
    return {
      kind: 'route',
      waypoints: [parsePosition(requiredChild(element, 'Position'), context)],
      endsThere: true,
    }
  if (element.name !== 'AssignRouteAction') return parseTrajectory(element, context)
  const held = onlyChild(element)
  const route = held.name === 'CatalogReference' ? context.fromCatalog(held) : held
  if (route.name !== 'Route') unsupported(route, 'Route, CatalogReference')
  allowOnly(route, ['ParameterDeclarations', 'Waypoint'])
  if (isTrue(route, 'closed')) throw schemaError(route, 'is not supported with closed="true"')
  const waypoints = childrenOf(route, 'Waypoint').map((waypoint) =>
    parsePosition(requiredChild(waypoint, 'Position'), context),
  )
  if (waypoints.length < 2) throw schemaError(route, 'needs at least two <Waypoint>')
  return { kind: 'route', waypoints, endsThere: false }
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
