/** What kind of place an address is. `unknown` is what is said when nothing tells; no evidence speaks for it. */
export const kinds = [
  'single-family',
  'multi-unit',
  'unit',
  'business',
  'home-business',
  'institution',
  'po-box',
  'private-mailbox',
  'military',
  'rural-route',
  'general-delivery',
  'vacant',
  'unknown',
] as const

export type Kind = (typeof kinds)[number]

/** The kinds that evidence can speak for, in the order of the model's columns. */
export const evidentKinds = kinds.slice(0, -1) as readonly Exclude<Kind, 'unknown'>[]

export const kindTitles: Record<Kind, string> = {
  'single-family': 'Single-family house',
  'multi-unit': 'Building of several units',
  unit: 'Unit in a building',
  business: 'Business',
  'home-business': 'Business at home',
  institution: 'Institution',
  'po-box': 'PO box',
  'private-mailbox': 'Private mailbox',
  military: 'Military',
  'rural-route': 'Rural route',
  'general-delivery': 'General delivery',
  vacant: 'Vacant',
  unknown: 'Unknown',
}

const known = new Map<string, Kind>(kinds.map((kind) => [kind.replaceAll('-', ' '), kind]))

/** The kind with this name however it is written (`PO box`, `po_box`), or null. */
export function kindNamed(name: string): Kind | null {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
  return known.get(plain) ?? known.get(otherNames[plain] ?? '') ?? null
}

const otherNames: Record<string, string> = {
  'single family house': 'single family',
  'single family home': 'single family',
  house: 'single family',
  'multi family': 'multi unit',
  'multi unit building': 'multi unit',
  multiunit: 'multi unit',
  apartment: 'unit',
  'apartment unit': 'unit',
  commercial: 'business',
  homebusiness: 'home business',
  'home based business': 'home business',
  pobox: 'po box',
  pmb: 'private mailbox',
  rural: 'rural route',
  'vacant lot': 'vacant',
  'vacant land': 'vacant',
}
