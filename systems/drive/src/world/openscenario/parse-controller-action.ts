import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  schemaError,
} from '../xml/xml-element.ts'
import { controllerIn, parseController } from './parse-controller.ts'
import type { ParseContext } from './parse-context.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { ActionContent } from './scenario.ts'

type Activation = Pick<ActionContent & { kind: 'activateController' }, 'isLongitudinal' | 'isOff' | 'chosen'>

/** What is switched on or off; who says nothing of speeding up and slowing down leaves it as it is. */
export function activation(element: XmlElement | null): Activation {
  const isGiven = element?.attributes.longitudinal !== undefined
  const isLongitudinal = !!element && isGiven && booleanAttribute(element, 'longitudinal')
  const chosen = element?.attributes.objectControllerRef ?? element?.attributes.controllerRef
  return {
    isLongitudinal,
    ...(isGiven && !isLongitudinal ? { isOff: true } : {}),
    ...(chosen === undefined ? {} : { chosen }),
  }
}

/** A pedal of an `<OverrideControllerValueAction>`. */
function parsePedal(override: XmlElement, name: string): number | null | undefined {
  const pedal = optionalChild(override, name)
  if (!pedal) return undefined
  if (!booleanAttribute(pedal, 'active')) return null
  const held = optionalChild(pedal, 'BrakePercent') ?? pedal
  const value = numberAttribute(held, 'value')
  if (value < 0 || value > 1) throw schemaError(held, `needs a value from 0 to 1, got ${value}`)
  return value
}

function isHeld(part: XmlElement): boolean {
  return booleanAttribute(part, 'active')
}

const pedals = ['Throttle', 'Brake', 'ParkingBrake']

/** Pedals and the parking brake, which brakes like the pedal, are held; the rest is for a controller that steers and shifts, and no such one is here. */
function parseOverride(override: XmlElement, notes: ReadingNotes): ActionContent {
  for (const held of override.children)
    if (!pedals.includes(held.name) && isHeld(held))
      notes.remark(
        schemaError(held, 'is for a controller that takes it; none here does, so that it changes nothing')
          .message,
      )
  const throttle = parsePedal(override, 'Throttle')
  const [foot, hand] = [parsePedal(override, 'Brake'), parsePedal(override, 'ParkingBrake')]
  const brake = foot ?? hand ?? (foot === undefined ? hand : foot)
  return {
    kind: 'overrideController',
    ...(throttle === undefined ? {} : { throttle }),
    ...(brake === undefined ? {} : { brake }),
  }
}

/** A `<ControllerAction>`. */
export function parseControllerAction(element: XmlElement, context: ParseContext): ActionContent {
  const activate = optionalChild(element, 'ActivateControllerAction')
  const assign = optionalChild(element, 'AssignControllerAction')
  const override = optionalChild(element, 'OverrideControllerValueAction')
  // In OpenSCENARIO 1.0 all three have to be there: one beside the others that overrides nothing says nothing.
  if (override && !activate && !assign) return parseOverride(override, context.notes)
  if (override?.children.some(isHeld))
    throw schemaError(
      override,
      'is not supported beside another controller action; give it an action of its own',
    )
  if (!assign) return { kind: 'activateController', ...activation(activate) }
  const held = onlyChild(assign)
  const { name, settings, foreignKind } =
    held.name === 'Controller'
      ? parseController(held)
      : controllerIn(held.name === 'ObjectController' ? held : assign, context.fromCatalog, context.notes)
  if (foreignKind !== null)
    context.notes.remark(
      `The controller ${foreignKind} is not one of ours: who gets it goes on as the storyboard says.`,
    )
  const isActive = booleanAttribute(assign, 'activateLongitudinal', false)
  return {
    kind: 'activateController',
    ...(activate ? activation(activate) : { isLongitudinal: isActive }),
    assigned: held.name === 'ObjectController' ? (held.attributes.name ?? name) : name,
    ...(settings ? { settings } : {}),
  }
}

/** A `<TrailerAction>`. */
export function parseTrailerAction(element: XmlElement, context: ParseContext): ActionContent {
  const action = onlyChild(element)
  if (action.name === 'DisconnectTrailerAction') return { kind: 'trailer', trailer: null }
  return { kind: 'trailer', trailer: context.entityOf(action, attribute(action, 'trailerRef')) }
}
