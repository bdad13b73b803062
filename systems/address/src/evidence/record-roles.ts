import { fieldWords } from './field-words.ts'

/** What a field of a record tells, whatever its file calls it. */
export const recordRoles = [
  'name',
  'owner',
  'use',
  'units',
  'residentialUnits',
  'commercialUnits',
  'landArea',
  'buildingArea',
  'yearBuilt',
  'stories',
  'rooms',
  'buildingValue',
  'landValue',
  'zone',
  'style',
  'description',
  'unit',
  'hours',
  'date',
] as const

export type RecordRole = (typeof recordRoles)[number]

/** Field names by role; a mapping of one's own comes before it. Compared without case, spaces and signs. */
const fieldNames: Record<RecordRole, string[]> = {
  name: [
    'name',
    'business',
    'businessname',
    'dba',
    'dbaname',
    'doingbusinessasname',
    'legalname',
    'tenant',
    'occupant',
    'company',
  ],
  owner: ['owner', 'ownername', 'owner1', 'ownersname', 'propertyowner', 'taxpayer'],
  use: [
    'use',
    'landuse',
    'landusedescription',
    'usedescription',
    'propertyuse',
    'propertytype',
    'propertyclass',
    'classdescription',
    'category',
    'businesstype',
    'licencedescription',
    'licensedescription',
    'licensetype',
    'licencetype',
    'type',
    'occupancy',
    'usage',
    'classification',
    'class',
    'naics',
    'industry',
    'activity',
    'dwellingtype',
  ],
  units: ['units', 'totalunits', 'numberofunits', 'unitcount', 'numunits', 'dwellingunits'],
  residentialUnits: ['residentialunits', 'resunits', 'unitsres', 'livingunits'],
  commercialUnits: ['commercialunits', 'comunits'],
  landArea: ['landsquarefeet', 'lotsize', 'lotsizeacres', 'acreage', 'acres', 'landarea', 'lotarea'],
  buildingArea: [
    'grosssquarefeet',
    'buildingarea',
    'bldarea',
    'bldgarea',
    'livingarea',
    'squarefeet',
    'sqft',
    'floorarea',
    'buildingsquarefeet',
    'finishedarea',
  ],
  yearBuilt: ['yearbuilt', 'builtyear', 'yrbuilt', 'constructed'],
  stories: ['stories', 'floors', 'numberofstories', 'levels'],
  rooms: ['rooms', 'numrooms', 'bedrooms', 'totalrooms', 'beds'],
  buildingValue: ['buildingvalue', 'bldgval', 'improvementvalue', 'improvements', 'assessedbuilding'],
  landValue: ['landvalue', 'landval', 'assessedland'],
  zone: ['zone', 'zoning', 'zonetype'],
  style: ['style', 'structure', 'buildingstyle', 'buildingtype', 'structuretype'],
  description: [
    'description',
    'remarks',
    'note',
    'notes',
    'comment',
    'comments',
    'licensedetail',
    'details',
    'driver_note',
    'drivernote',
  ],
  unit: ['unit', 'apartmentnumber', 'apt', 'unitnumber', 'suite', 'apartment'],
  hours: ['hours', 'openinghours', 'businesshours', 'openhours', 'deliveryhours'],
  date: [
    'date',
    'saledate',
    'accountstartdate',
    'startdate',
    'issued',
    'dateissued',
    'deliveredat',
    'time',
    'timestamp',
    'updated',
    'asof',
    'recorded',
    'lastsale',
    'inspected',
  ],
}

const roles = new Map<string, RecordRole>()
for (const role of recordRoles)
  for (const name of fieldNames[role]) if (!roles.has(name)) roles.set(name, role)

/** Words of a field's name, whatever stands between them, that say which number it is; the first that fits. */
const numbersByWords: [RecordRole, string][] = [
  ['yearBuilt', 'year built'],
  ['landValue', 'land value'],
  ['buildingValue', 'building value'],
  ['buildingValue', 'improvements value'],
  ['landArea', 'land square feet'],
  ['landArea', 'lot square feet'],
  ['landArea', 'land area'],
  ['landArea', 'lot size'],
  ['landArea', 'acres'],
  ['buildingArea', 'building area'],
  ['buildingArea', 'living area'],
  ['buildingArea', 'residential area'],
  ['buildingArea', 'square feet'],
  ['rooms', 'bedrooms'],
  ['rooms', 'rooms'],
  ['stories', 'stories'],
]
/** Words that make another number of it. */
const ofOther = new Set([
  'total',
  'price',
  'sale',
  'previous',
  'prior',
  'per',
  'tax',
  'exempt',
  'owner',
  'mail',
])

/** The role of a field with this name, or null: then it is read as a statement. */
export function roleOf(field: string, mapping: Partial<Record<string, RecordRole>> = {}): RecordRole | null {
  return mapping[field] ?? roles.get(field.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) ?? roleByWords(field)
}

const ofAName = new Set(['owner', 'name', 'line', 'full', 'first', 'last', 'legal'])

/** `OWNER_LINE1` and `own name` name an owner; `OWNER_CITY` and `ownerOccupied` say something else of one. */
const isOwner = (words: ReadonlySet<string>) =>
  words.has('owner') && [...words].every((word) => ofAName.has(word) || /^\d+$/.test(word))

const byWords = new Map<string, RecordRole | null>()

function roleByWords(field: string): RecordRole | null {
  let role = byWords.get(field)
  if (role === undefined) {
    const words = new Set(fieldWords(field))
    role = isOwner(words)
      ? 'owner'
      : [...ofOther].some((word) => words.has(word))
        ? null
        : (numbersByWords.find(([, phrase]) => phrase.split(' ').every((word) => words.has(word)))?.[0] ??
          null)
    if (byWords.size < 10_000) byWords.set(field, role)
  }
  return role
}
