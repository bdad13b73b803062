import type { StandardAddress } from '../domain/standard-address.ts'

export const smartyFields = [
  'urbanization',
  'primary_number',
  'street_name',
  'street_predirection',
  'street_postdirection',
  'street_suffix',
  'secondary_number',
  'secondary_designator',
  'extra_secondary_number',
  'extra_secondary_designator',
  'pmb_designator',
  'pmb_number',
  'city_name',
  'state_abbreviation',
  'zipcode',
  'plus4_code',
] as const

export const googleFields = [
  'street_number',
  'route',
  'intersection',
  'subpremise',
  'premise',
  'post_box',
  'locality',
  'administrative_area_level_1',
  'postal_code',
  'postal_code_suffix',
  'country',
] as const

type Named<Name extends string> = Partial<Record<Name, string>>

/** Without what is not there. */
function present<Name extends string>(fields: Record<Name, string | undefined>): Named<Name> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Named<Name>
}

/** An address under the names of Smarty's US Street API, as far as its text alone tells. */
export function toSmarty({ fields, deliveryLine, lastLine }: StandardAddress): {
  addressee?: string
  delivery_line_1: string
  last_line: string
  components: Named<(typeof smartyFields)[number]>
} {
  const [pmb, pmbNumber] = fields.mailbox?.split(' ') ?? []
  const [extra, ...extraNumber] = fields.subUnit?.split(' ') ?? []
  const isBox = fields.boxType !== undefined
  const boxName = [fields.routeType, fields.routeNumber, fields.boxType].filter(Boolean).join(' ')
  return {
    ...(fields.recipient === undefined ? {} : { addressee: fields.recipient }),
    delivery_line_1: deliveryLine,
    last_line: lastLine,
    components: present({
      urbanization: fields.urbanization,
      primary_number: isBox ? fields.boxNumber : fields.number,
      street_name: isBox ? boxName : fields.streetName,
      street_predirection: fields.preDirectional,
      street_postdirection: fields.postDirectional,
      street_suffix: fields.suffix,
      secondary_number: fields.unitNumber,
      secondary_designator: fields.unitDesignator,
      extra_secondary_number: extra === undefined ? undefined : extraNumber.join(' '),
      extra_secondary_designator: extra,
      pmb_designator: pmb,
      pmb_number: pmbNumber,
      city_name: fields.city,
      state_abbreviation: fields.state,
      zipcode: fields.zip,
      plus4_code: fields.zip4,
    }),
  }
}

/** An address under the component types of Google's Geocoding API, with the line that stands for `formatted_address`. */
export function toGoogle({ fields, deliveryLine, lastLine }: StandardAddress): {
  formatted_address: string
  address_components: Named<(typeof googleFields)[number]>
} {
  const { street, secondStreet } = fields
  return {
    formatted_address: [deliveryLine, lastLine].filter((line) => line !== '').join(', '),
    address_components: present({
      street_number: fields.number,
      route: street,
      intersection: secondStreet === undefined ? undefined : `${street ?? ''} & ${secondStreet}`,
      subpremise: fields.unitNumber ?? fields.unitDesignator,
      premise: fields.building,
      post_box: fields.boxNumber,
      locality: fields.city,
      administrative_area_level_1: fields.state,
      postal_code: fields.zip,
      postal_code_suffix: fields.zip4,
      country: 'US',
    }),
  }
}
