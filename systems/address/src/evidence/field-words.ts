/** Abbreviations in names of columns, as Publication 28 and assessors' files write them. */
const written: Readonly<Record<string, string>> = {
  addr: 'address',
  apartments: 'apartment',
  apt: 'apartment',
  ass: 'assessed',
  assd: 'assessed',
  av: 'assessed value',
  bedrm: 'bedrooms',
  bedroom: 'bedrooms',
  bld: 'building',
  bldg: 'building',
  bldgs: 'building',
  blt: 'built',
  comm: 'commercial',
  com: 'commercial',
  cnt: 'count',
  desc: 'description',
  descr: 'description',
  dir: 'direction',
  footage: 'feet',
  ft: 'feet',
  imp: 'improvements',
  impr: 'improvements',
  improvement: 'improvements',
  liv: 'living',
  lnd: 'land',
  nbr: 'number',
  no: 'number',
  num: 'number',
  own: 'owner',
  prop: 'property',
  qty: 'count',
  res: 'residential',
  sf: 'square feet',
  sq: 'square',
  sqft: 'square feet',
  st: 'street',
  str: 'street',
  tot: 'total',
  ttl: 'total',
  val: 'value',
  yr: 'year',
}

/** Words of a column's name in small letters: `Prop_Bldg-SqFt`, `propBldgSqft` and `property building square feet` are alike. */
export function fieldWords(name: string): string[] {
  const parts =
    name
      .normalize('NFKD')
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replaceAll('#', ' number ')
      .match(/[a-z]+|\d+/g) ?? []
  return parts.flatMap((part) => (written[part] ?? part).split(' '))
}
