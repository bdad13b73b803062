import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, choiceAttribute, numberAttribute } from '../xml/xml-element.ts'

const factors = { 'm/s': 1, 'km/h': 1 / 3.6, mph: 0.44704 }

/** A `<speed>` in m/s; infinite for `no limit` and `undefined`. Units of OpenDRIVE 1.7, table 22. */
export function parseSpeed(speed: XmlElement): number {
  const max = attribute(speed, 'max')
  if (max === 'no limit' || max === 'undefined') return Infinity
  return (
    numberAttribute(speed, 'max') * factors[choiceAttribute(speed, 'unit', ['m/s', 'km/h', 'mph'], 'm/s')]
  )
}
