import type { ParsedAddress } from '../domain/parsed-address.ts'
import type { StandardAddress } from '../domain/standard-address.ts'
import { directionals } from '../gazetteer/directionals.ts'
import { streetSuffixes } from '../gazetteer/street-suffixes.ts'
import { unitDesignators } from '../gazetteer/unit-designators.ts'

/** Puts an address into the forms of USPS Publication 28. */
export function standardize({ form, parts }: ParsedAddress): StandardAddress {
  const upper = (text: string | undefined) => text?.toUpperCase()
  const direction = (text: string | undefined) =>
    text && (directionals.get(text.toUpperCase()) ?? upper(text))
  const suffix = upper(parts.StreetNamePostType)
  const unit = upper(parts.OccupancyType)
  const fields: StandardAddress['fields'] = {}
  const set = (name: keyof typeof fields, value: string | undefined) => {
    if (value) fields[name] = value
  }
  set('number', upper(parts.AddressNumber))
  set('preDirectional', direction(parts.StreetNamePreDirectional))
  set('streetName', upper(parts.StreetName))
  set('suffix', suffix && (streetSuffixes.get(suffix)?.standard ?? suffix))
  set('postDirectional', direction(parts.StreetNamePostDirectional))
  const join = (...words: (string | undefined)[]) => words.filter(Boolean).join(' ')
  set('street', join(fields.preDirectional, fields.streetName, fields.suffix, fields.postDirectional))
  set('unitDesignator', unit && (unitDesignators.get(unit)?.standard ?? unit))
  set('unitNumber', upper(parts.OccupancyIdentifier))
  set('boxNumber', upper(parts.USPSBoxID))
  set('city', upper(parts.PlaceName))
  set('state', upper(parts.StateName))
  set('zip', parts.ZipCode)
  const deliveryLine = fields.boxNumber
    ? `PO BOX ${fields.boxNumber}`
    : join(fields.number, fields.street, fields.unitDesignator, fields.unitNumber)
  const lastLine = join(fields.city, fields.state, fields.zip)
  return {
    form,
    lines: [deliveryLine, lastLine].filter(Boolean),
    deliveryLine,
    lastLine,
    fields,
    changes: [],
  }
}
