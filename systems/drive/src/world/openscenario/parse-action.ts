import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { activation, parseControllerAction, parseTrailerAction } from './parse-controller-action.ts'
import type { ParseContext } from './parse-context.ts'
import { parseLateral } from './parse-lateral.ts'
import { parseLongitudinal, parseSynchronize } from './parse-longitudinal.ts'
import { parsePosition } from './parse-position.ts'
import { parseWaypoints, routeIn } from './parse-route.ts'
import { parseFollowTrajectory } from './parse-trajectory.ts'
import type { ActionContent } from './scenario.ts'

function parseAppearance(element: XmlElement): ActionContent {
  const action = onlyChild(element)
  // Animations are looks.
  if (action.name === 'AnimationAction') return { kind: 'nothing' }
  // It changes nothing here, but has to be possible.
  if (numberAttribute(action, 'transitionTime', 0) < 0)
    throw schemaError(action, 'needs a transitionTime that is not negative')
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

function parseRouting(element: XmlElement, context: ParseContext): ActionContent {
  if (element.name === 'AcquirePositionAction')
    return {
      kind: 'route',
      waypoints: [parsePosition(requiredChild(element, 'Position'), context)],
      endsThere: true,
    }
  if (element.name === 'RandomRouteAction') {
    context.notes.remark(
      schemaError(element, 'goes by the first connection of each junction: of routes at random that is one')
        .message,
    )
    return { kind: 'route', waypoints: [], endsThere: false }
  }
  if (element.name === 'FollowTrajectoryAction') return parseFollowTrajectory(element, context)
  return { kind: 'route', ...parseWaypoints(routeIn(element, context), context), endsThere: false }
}

/** The content of a `<PrivateAction>`. */
export function parsePrivateAction(element: XmlElement, context: ParseContext): ActionContent {
  return context.memo.of(element, () =>
    context.notes.orElse(
      () => readPrivateAction(element, context),
      () => ({ kind: 'nothing' }),
    ),
  )
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
      return parseControllerAction(action, context)
    case 'SynchronizeAction':
      return parseSynchronize(action, context)
    case 'VisibilityAction':
      return {
        kind: 'visibility',
        isVisible: booleanAttribute(action, 'graphics'),
        inTraffic: booleanAttribute(action, 'traffic'),
        inSensors: booleanAttribute(action, 'sensors'),
      }
    case 'AppearanceAction':
      return parseAppearance(action)
    case 'ActivateControllerAction':
      return { kind: 'activateController', ...activation(action) }
    case 'TrailerAction':
      return parseTrailerAction(action, context)
    default:
      throw schemaError(action, 'is no action of an entity')
  }
}

/** A `<UserDefinedAction>`: nothing here knows it, which the notes say. */
export function parseUserDefined(element: XmlElement, context: ParseContext): ActionContent {
  const type = attribute(requiredChild(element, 'CustomCommandAction'), 'type')
  context.notes.remark(
    `The action of the type "${type}" is user-defined: drivers of others may know it; here it does nothing.`,
  )
  return { kind: 'userDefined', type }
}
