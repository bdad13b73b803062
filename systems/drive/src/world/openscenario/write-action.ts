import { InvalidInputError } from '@heavylift/core'
import type { XmlNode } from '../xml/write-xml.ts'
import { node } from '../xml/write-xml.ts'
import type { ActionContent, DynamicLimits, Dynamics, SpeedTarget } from './scenario.ts'
import { controllerNode } from './write-entities.ts'
import type { GlobalContent } from './write-global-action.ts'
import { globalActionNode, isGlobal } from './write-global-action.ts'
import type { NameOf } from './write-place.ts'
import { positionNode } from './write-position.ts'
import { routeNode, trajectoryNode } from './write-way.ts'

type PrivateContent = Exclude<ActionContent, GlobalContent>

function finite(value: number): number | undefined {
  return value === Infinity ? undefined : value
}

function dynamicsNode(name: string, { shape, dimension, value }: Dynamics): XmlNode {
  return node(name, { dynamicsShape: shape, dynamicsDimension: dimension, value })
}

function speedTargetNode(target: SpeedTarget, nameOf: NameOf): XmlNode {
  if (target.kind === 'absolute') return node('AbsoluteTargetSpeed', { value: target.value })
  return node('RelativeTargetSpeed', {
    entityRef: nameOf(target.entity),
    value: target.value,
    speedTargetValueType: target.isFactor ? 'factor' : 'delta',
    continuous: target.isContinuous,
  })
}

function laneTargetNode(lane: number, relativeTo: number | null, nameOf: NameOf): XmlNode {
  if (relativeTo === null) return node('AbsoluteTargetLane', { value: lane })
  return node('RelativeTargetLane', { entityRef: nameOf(relativeTo), value: lane })
}

function offsetTargetNode(offset: number, relativeTo: number | null, nameOf: NameOf): XmlNode {
  if (relativeTo === null) return node('AbsoluteTargetLaneOffset', { value: offset })
  return node('RelativeTargetLaneOffset', { entityRef: nameOf(relativeTo), value: offset })
}

function limitsNode(limits: DynamicLimits | undefined): XmlNode | null {
  if (!limits) return null
  return node('DynamicConstraints', {
    maxAcceleration: finite(limits.maxAccelerationMps2),
    maxDeceleration: finite(limits.maxDecelerationMps2),
    maxSpeed: finite(limits.maxSpeedMps),
    maxAccelerationRate: limits.maxAccelerationRate,
    maxDecelerationRate: limits.maxDecelerationRate,
  })
}

/** A pedal that is held, let go or not named. */
function pedalNode(name: 'Throttle' | 'Brake', value: number | null | undefined): XmlNode | null {
  return value === undefined ? null : node(name, { active: value !== null, value: value ?? 0 })
}

function followNode(action: ActionContent & { kind: 'followTrajectory' }, nameOf: NameOf): XmlNode {
  const { timing } = action
  return node('FollowTrajectoryAction', { initialDistanceOffset: action.initialOffsetM }, [
    node('TrajectoryRef', {}, [trajectoryNode(action, nameOf)]),
    node('TimeReference', {}, [
      timing
        ? node('Timing', {
            domainAbsoluteRelative: timing.isRelative ? 'relative' : 'absolute',
            scale: timing.scale,
            offset: timing.offset,
          })
        : node('None'),
    ]),
    node('TrajectoryFollowingMode', { followingMode: action.isFollowing ? 'follow' : 'position' }),
  ])
}

const longitudinal = (child: XmlNode) => node('LongitudinalAction', {}, [child])
const lateral = (child: XmlNode) => node('LateralAction', {}, [child])

function content(action: PrivateContent, nameOf: NameOf): XmlNode {
  switch (action.kind) {
    case 'teleport':
      return node('TeleportAction', {}, [positionNode(action.position, nameOf)])
    case 'speed':
      return longitudinal(
        node('SpeedAction', {}, [
          dynamicsNode('SpeedActionDynamics', action.dynamics),
          node('SpeedActionTarget', {}, [speedTargetNode(action.target, nameOf)]),
        ]),
      )
    case 'longitudinalDistance':
      return longitudinal(
        node(
          'LongitudinalDistanceAction',
          {
            entityRef: nameOf(action.entity),
            [action.isTimeGap ? 'timeGap' : 'distance']: action.value,
            freespace: action.isFreespace,
            continuous: action.isContinuous,
            coordinateSystem: action.isAlongRoad ? 'road' : undefined,
            displacement: action.displacement,
          },
          [limitsNode(action.limits)],
        ),
      )
    case 'laneChange':
      return lateral(
        node('LaneChangeAction', { targetLaneOffset: action.targetOffset }, [
          dynamicsNode('LaneChangeActionDynamics', action.dynamics),
          node('LaneChangeTarget', {}, [laneTargetNode(action.lane, action.relativeTo, nameOf)]),
        ]),
      )
    case 'laneOffset':
      return lateral(
        node('LaneOffsetAction', { continuous: action.isContinuous === true }, [
          node('LaneOffsetActionDynamics', {
            dynamicsShape: action.shape,
            maxLateralAcc: action.maxLateralAcc === Infinity ? undefined : action.maxLateralAcc,
          }),
          node('LaneOffsetTarget', {}, [offsetTargetNode(action.offset, action.relativeTo, nameOf)]),
        ]),
      )
    case 'lateralDistance':
      return lateral(
        node(
          'LateralDistanceAction',
          {
            entityRef: nameOf(action.entity),
            distance: action.distance,
            freespace: action.isFreespace,
            continuous: action.isContinuous,
            displacement: action.displacement,
          },
          [limitsNode(action.limits)],
        ),
      )
    case 'overrideController':
      return node('ControllerAction', {}, [
        node('OverrideControllerValueAction', {}, [
          pedalNode('Throttle', action.throttle),
          pedalNode('Brake', action.brake),
        ]),
      ])
    case 'followTrajectory':
      return node('RoutingAction', {}, [followNode(action, nameOf)])
    case 'activateController':
      return node('ControllerAction', {}, [
        action.assigned === undefined
          ? null
          : node('AssignControllerAction', { activateLongitudinal: false }, [
              controllerNode(action.assigned, action.settings),
            ]),
        node('ActivateControllerAction', {
          longitudinal: action.isLongitudinal || action.isOff ? action.isLongitudinal : undefined,
          objectControllerRef: action.chosen,
        }),
      ])
    case 'route':
      return node('RoutingAction', {}, [
        action.waypoints.length === 0 ? node('RandomRouteAction') : assignNode(action, nameOf),
      ])
    case 'speedProfile':
      return longitudinal(
        node(
          'SpeedProfileAction',
          {
            followingMode: action.isFollowing ? 'follow' : 'position',
            entityRef: action.relativeTo === null ? undefined : nameOf(action.relativeTo),
          },
          [
            ...action.entries.map(({ speedMps, timeS }) =>
              node('SpeedProfileEntry', { speed: speedMps, time: timeS }),
            ),
            limitsNode(action.limits),
          ],
        ),
      )
    case 'synchronize':
      return synchronizeNode(action, nameOf)
    case 'visibility':
      return node('VisibilityAction', {
        graphics: action.isVisible,
        traffic: action.inTraffic,
        sensors: action.inSensors,
      })
    case 'lightState':
      return node('AppearanceAction', {}, [
        node('LightStateAction', {}, [
          node('LightType', {}, [node('VehicleLight', { vehicleLightType: action.light })]),
          node('LightState', { mode: action.mode }),
        ]),
      ])
    case 'trailer':
      return node('TrailerAction', {}, [
        action.trailer === null
          ? node('DisconnectTrailerAction')
          : node('ConnectTrailerAction', { trailerRef: nameOf(action.trailer) }),
      ])
    case 'nothing':
      throw new InvalidInputError({
        code: 'scenario-not-writable',
        message: 'The scenario was read leniently, and lacks what was left out. Read it without --lenient.',
      })
  }
}

function assignNode(action: ActionContent & { kind: 'route' }, nameOf: NameOf): XmlNode {
  if (action.endsThere)
    return node(
      'AcquirePositionAction',
      {},
      action.waypoints.map((position) => positionNode(position, nameOf)),
    )
  return node('AssignRouteAction', {}, [routeNode(action, nameOf)])
}

function steadyNode({ steady }: { steady?: { kind: 'distance' | 'time'; value: number } }): XmlNode | null {
  if (!steady) return null
  return steady.kind === 'distance'
    ? node('TargetDistanceSteadyState', { distance: steady.value })
    : node('TargetTimeSteadyState', { time: steady.value })
}

function synchronizeNode(action: ActionContent & { kind: 'synchronize' }, nameOf: NameOf): XmlNode {
  const { finalSpeed } = action
  const speed = finalSpeed?.isRelative ? 'RelativeSpeedToMaster' : 'AbsoluteSpeed'
  return node(
    'SynchronizeAction',
    {
      masterEntityRef: nameOf(action.master),
      targetToleranceMaster: action.masterToleranceM,
      targetTolerance: action.toleranceM,
    },
    [
      node('TargetPositionMaster', {}, positionNode(action.masterPosition, nameOf).children),
      node('TargetPosition', {}, positionNode(action.position, nameOf).children),
      finalSpeed &&
        node('FinalSpeed', {}, [node(speed, { value: finalSpeed.value }, [steadyNode(finalSpeed)])]),
    ],
  )
}

/** A `<PrivateAction>` or a `<GlobalAction>`. */
export function actionNode(action: ActionContent, nameOf: NameOf): XmlNode {
  return isGlobal(action)
    ? globalActionNode(action, nameOf)
    : node('PrivateAction', {}, [content(action, nameOf)])
}
