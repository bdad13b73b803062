/** What a token of an address can be, in the labels of the public `usaddress` sets (FGDC's United States Thoroughfare standard). */
export const fineLabels = [
  'Recipient',
  'AddressNumberPrefix',
  'AddressNumber',
  'AddressNumberSuffix',
  'StreetNamePreModifier',
  'StreetNamePreDirectional',
  'StreetNamePreType',
  'StreetName',
  'StreetNamePostType',
  'StreetNamePostDirectional',
  'StreetNamePostModifier',
  'IntersectionSeparator',
  'CornerOf',
  'OccupancyType',
  'OccupancyIdentifier',
  'SubaddressType',
  'SubaddressIdentifier',
  'BuildingName',
  'LandmarkName',
  'USPSBoxType',
  'USPSBoxID',
  'USPSBoxGroupType',
  'USPSBoxGroupID',
  'PlaceName',
  'StateName',
  'ZipCode',
  'ZipPlus4',
  'CountryName',
  'NotAddress',
] as const

export type FineLabel = (typeof fineLabels)[number]

export type CoarseLabel =
  | 'AddressNumber'
  | 'StreetName'
  | Exclude<FineLabel, `AddressNumber${string}` | `StreetName${string}`>

/** The coarse label space: all of a street's name is one label, all of an address number is one. Public sets mix both. */
export function coarseLabel(label: FineLabel): CoarseLabel {
  if (label.startsWith('StreetName')) return 'StreetName'
  if (label.startsWith('AddressNumber')) return 'AddressNumber'
  return label as CoarseLabel
}
