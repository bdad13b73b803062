import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, numberAttribute, optionalChild, schemaError } from '../xml/xml-element.ts'
import type { ControllerSettings } from './scenario.ts'

/** Kinds, by the property that esmini has for it, that are the controller that there is here. */
const kinds = ['ACCController', 'ALKSController']

/**
 * Properties of a `<Controller>`, named as esmini's adaptive cruise control has them: `timeGap` (s), `setSpeed` (m/s), `lateralDist` (m), `mode`
 * (`additive` or `override`). Others are metadata, but for `esminiController` and `virtual`, which ask for what is not there. Null without any.
 */
export function parseControllerSettings(controller: XmlElement): ControllerSettings | null {
  const properties = optionalChild(controller, 'Properties')
  const settings: ControllerSettings = {}
  for (const property of properties ? childrenOf(properties, 'Property') : []) {
    const value = property.attributes.value
    const positive = () => {
      const number = numberAttribute(property, 'value')
      if (number < 0) throw schemaError(property, `needs a value that is not negative, got ${number}`)
      return number
    }
    const only = (...known: string[]) => {
      if (!known.includes(value ?? ''))
        throw schemaError(
          property,
          `is not supported with ${attribute(property, 'name')} "${value}"; supported are ${known.join(', ')}`,
        )
    }
    switch (attribute(property, 'name')) {
      case 'timeGap':
        settings.timeGapS = positive()
        break
      case 'setSpeed':
        settings.setSpeedMps = positive()
        break
      case 'lateralDist':
        settings.lateralReachM = positive()
        break
      case 'mode':
        only('additive', 'override')
        if (value === 'override') settings.isOverride = true
        break
      case 'esminiController':
        only(...kinds)
        break
      case 'virtual':
        only('false')
        break
    }
  }
  return Object.keys(settings).length === 0 ? null : settings
}
