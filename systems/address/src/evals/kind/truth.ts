import type { Kind } from '../../domain/kinds.ts'

/** An address of a set, with what is known of it and the kind that it is. */
export interface TrueCase {
  id: string
  /** Town or borough: cases of one are never in two parts. */
  source: string
  address: string
  /** A unit in a field of its own. */
  unit: string | null
  name: string | null
  /** The row's other fields; those that state the kind are left out. */
  record: Record<string, unknown> | null
  /** Contents by file name. */
  documents: { name: string; content: string }[]
  kind: Exclude<Kind, 'unknown'>
  /** What else is known to be true; undefined where the set does not say. */
  unitNeeded?: boolean
  hours?: string | null
  /** The kind that an order in a document asks for. */
  ordered?: Kind | null
}

/** Building class categories of New York's Department of Finance, by their number. Parking, storage and "other" are no place to deliver. */
const salesKinds: Record<string, TrueCase['kind']> = {}
for (const [kind, numbers] of Object.entries({
  'single-family': ['01'],
  'multi-unit': ['02', '03', '07', '08', '11', '14'],
  unit: ['04', '09', '10', '12', '13', '15', '16', '17'],
  business: ['21', '22', '23', '25', '26', '27', '28', '29', '30', '34', '43', '45', '46', '49'],
  institution: ['32', '33', '35', '36', '37', '38', '39', '40', '42'],
  vacant: ['05', '31'],
}) as [TrueCase['kind'], string[]][])
  for (const number of numbers) salesKinds[number] = kind

/** Fields of a sale that state the kind, or that it is derived from. */
const statesKind =
  /BUILDING CLASS|TAX CLASS|^(?:BOROUGH|NEIGHBORHOOD|BLOCK|LOT|EASE-MENT|ADDRESS|APARTMENT NUMBER|ZIP CODE)$/i

export function caseOfSale(fields: Record<string, string>, line: number): TrueCase | null {
  const kind = salesKinds[(fields['BUILDING CLASS CATEGORY'] ?? '').slice(0, 2)]
  const text = fields['ADDRESS']?.trim()
  if (kind === undefined || text === undefined || text === '') return null
  const [street = '', ...rest] = text.split(',')
  const unit = fields['APARTMENT NUMBER']?.trim() || rest.join(',').trim() || null
  return {
    id: `${fields['BOROUGH']}-${line}`,
    source: boroughs[Number(fields['BOROUGH']) - 1] ?? `borough ${fields['BOROUGH']}`,
    address: `${street.trim()}, New York, NY ${fields['ZIP CODE'] ?? ''}`,
    unit,
    name: null,
    record: Object.fromEntries(Object.entries(fields).filter(([name]) => !statesKind.test(name.trim()))),
    documents: [],
    kind,
    unitNeeded: kind === 'unit' || kind === 'multi-unit',
  }
}

const boroughs = ['Manhattan', 'Bronx', 'Brooklyn', 'Queens', 'Staten Island']

/** Trades that are named for what is done, not for where: such a licence does not tell what its address is. */
const placeless = /REAL ESTATE|CONSTRUCTION AND HOME SERVICES/
const placelessTrade =
  /MOBILE|INTERNET|PEDDLER|CATERING|FREELANC|CONSULTANT|CRAFTS|PHOTOGRAPH|JANITORIAL|HAUL|VENDING|IN-HOME|UNCLASSIFIED|COURIER|PROMOTER|FOR HIRE|CONTRACTOR|LANDSCAP|AGENT/
const institutional = /SCHOOL|KINDERGARTEN|DAYCARE|NURSING HOME|HOSPITAL|CLUBS$|MUSEUM|CHURCH|COLLEGE/

export function caseOfLicence(fields: Record<string, string>, line: number): TrueCase | null {
  const trade = (fields['Classification'] ?? '').toUpperCase()
  const address = fields['Address']?.trim() ?? ''
  if (address === '') return null
  const isHome = /HOME[ -]BASED|HOME OCCUPATION/.test(trade)
  const isBox = /^P\.?\s*O\.?\s*BOX/i.test(address)
  if (!isHome && !isBox && (placeless.test(fields['Category'] ?? '') || placelessTrade.test(trade)))
    return null
  return {
    id: `licence-${line}`,
    source: (fields['City'] ?? 'unknown').trim().toLowerCase(),
    address: `${address}, ${fields['City'] ?? ''} ${fields['Zip'] ?? ''}`,
    unit: null,
    name: fields['Business']?.trim() ?? null,
    record: Object.fromEntries(Object.entries(fields).filter(([name]) => /DATE/i.test(name))),
    documents: [],
    kind: isBox
      ? 'po-box'
      : isHome
        ? 'home-business'
        : institutional.test(trade)
          ? 'institution'
          : trade === 'MOBILE HOME PARKS'
            ? 'multi-unit'
            : 'business',
  }
}
