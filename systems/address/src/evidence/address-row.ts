import type { AddressFile } from './observe-case.ts'

const names = {
  id: ['id', 'address_id', 'addressid', 'order', 'order_id', 'reference'],
  address: [
    'address',
    'full_address',
    'fulladdress',
    'street_address',
    'streetaddress',
    'address1',
    'street',
  ],
  unit: ['unit', 'apt', 'apartment', 'address2', 'suite', 'apartment number'],
  name: ['name', 'recipient', 'customer', 'business', 'company'],
  city: ['city', 'town'],
  state: ['state'],
  zip: ['zip', 'zip code', 'zipcode', 'postal_code', 'postcode'],
  latitude: ['lat', 'latitude'],
  longitude: ['lon', 'lng', 'longitude'],
} as const

/** An address out of a row of a table, whose other columns become its record. */
export interface AddressRow extends Omit<AddressFile, 'documents'> {
  id: string | null
  /** Degrees; null where the row has none. */
  latitude: number | null
  longitude: number | null
}

/** Columns are recognised by their names, in any case. Null for a row without an address. */
export function addressFileOf(fields: Readonly<Record<string, unknown>>): AddressRow | null {
  const rest = new Map(
    Object.entries(fields).map(([name, value]) => [name.trim().toLowerCase(), [name, value] as const]),
  )
  const take = (role: keyof typeof names): string | null => {
    for (const name of names[role]) {
      const found = rest.get(name)
      if (found === undefined) continue
      rest.delete(name)
      const text = typeof found[1] === 'string' || typeof found[1] === 'number' ? String(found[1]).trim() : ''
      if (text !== '') return text
    }
    return null
  }
  const street = take('address')
  if (street === null || !/[a-z0-9]/i.test(street)) return null
  const id = take('id')
  const unit = take('unit')
  const name = take('name')
  const last = [take('city'), take('state'), take('zip')].filter((part) => part !== null).join(' ')
  const latitude = degrees(take('latitude'), 90)
  const longitude = degrees(take('longitude'), 180)
  const record = Object.fromEntries(rest.values())
  return {
    id,
    address: last === '' ? street : `${street}, ${last}`,
    unit,
    name,
    record: Object.keys(record).length === 0 ? null : record,
    latitude,
    longitude,
  }
}

function degrees(text: string | null, most: number): number | null {
  const value = text === null ? Number.NaN : Number(text)
  return Math.abs(value) <= most ? value : null
}
