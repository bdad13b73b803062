import type { XmlElement } from '../xml/xml-element.ts'
import {
  booleanAttribute,
  attribute,
  choiceAttribute,
  numberAttribute,
  optionalChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { ScenarioEnvironment } from './scenario.ts'

const precipitations: readonly ('dry' | 'rain' | 'snow')[] = ['dry', 'rain', 'snow']

/** An xs:dateTime. */
export function dateTimeAttribute(element: XmlElement): string {
  const text = attribute(element, 'dateTime')
  if (Number.isNaN(Date.parse(text)))
    throw schemaError(element, `needs a dateTime like 2026-01-31T12:00:00, got "${text}"`)
  return text
}

/** A number of a child, under the first of several names that it has had, or null. */
function numberOf(child: XmlElement | null, ...names: string[]): number | null {
  const name = child && names.find((candidate) => child.attributes[candidate] !== undefined)
  return child && name !== undefined && name !== null ? numberAttribute(child, name) : null
}

/** An `<Environment>` of OpenSCENARIO 1.0–1.3. */
export function parseEnvironment(element: XmlElement, notes: ReadingNotes): ScenarioEnvironment {
  const time = optionalChild(element, 'TimeOfDay')
  const weather = optionalChild(element, 'Weather')
  const [sun, fog, precipitation] = ['Sun', 'Fog', 'Precipitation'].map((name) =>
    weather ? optionalChild(weather, name) : null,
  ) as [XmlElement | null, XmlElement | null, XmlElement | null]
  const road = optionalChild(element, 'RoadCondition')
  const box = fog && optionalChild(fog, 'BoundingBox')
  if (box) notes.remark(schemaError(box, 'bounds the fog, which is everywhere here').message)
  return {
    name: element.attributes.name ?? '',
    dateTime: time && dateTimeAttribute(time),
    isTimeAnimated: time ? booleanAttribute(time, 'animation') : false,
    cloudState: weather?.attributes.fractionalCloudCover ?? weather?.attributes.cloudState ?? null,
    illuminanceLux: numberOf(sun, 'illuminance', 'intensity'),
    sunElevationRad: numberOf(sun, 'elevation'),
    sunAzimuthRad: numberOf(sun, 'azimuth'),
    visualRangeM: numberOf(fog, 'visualRange'),
    precipitation: precipitation && choiceAttribute(precipitation, 'precipitationType', precipitations),
    precipitationMmPerH: numberOf(precipitation, 'precipitationIntensity', 'intensity'),
    friction: numberOf(road, 'frictionScaleFactor'),
  }
}
