import type { FineLabel } from '../domain/labels.ts'
import type { AddressForm, ParsedAddress } from '../domain/parsed-address.ts'
import type { StandardAddress } from '../domain/standard-address.ts'
import { stateOfZip } from '../gazetteer/states.ts'
import { committedReader } from '../parse/committed-tagger.ts'
import { bareWord } from '../parse/tokenize.ts'
import { Changes, runsOf } from './runs.ts'
import type { Run } from './runs.ts'
import { directional, houseNumber, plain, roadType, routeNumber, state, suffix } from './standard-words.ts'
import type { Standard } from './standard-words.ts'
import { unitsOf } from './units.ts'

type Fields = StandardAddress['fields']

const join = (...words: (string | undefined)[]) =>
  words.filter((word) => word !== undefined && word !== '').join(' ')

/** How each label is written; labels that are not here need their neighbours. */
const writers: Partial<Record<FineLabel, (run: Run) => Standard>> = {
  AddressNumberPrefix: ({ text }) => ({ text: plain(text).replaceAll('#', '').trim() }),
  AddressNumber: ({ text }) => houseNumber(text),
  StreetNamePreDirectional: ({ text }) => directional(text),
  StreetNamePreType: ({ text }) => roadType(text),
  StreetName: ({ text }) => streetName(text),
  StreetNamePostType: ({ text }) => suffix(text),
  StreetNamePostModifier: ({ text }) => suffix(text),
  StreetNamePostDirectional: ({ text }) => directional(text),
  StateName: ({ text }) => state(text),
}

const streetLabels: readonly FineLabel[] = [
  'StreetNamePreDirectional',
  'StreetNamePreModifier',
  'StreetNamePreType',
  'StreetName',
  'StreetNamePostType',
  'StreetNamePostModifier',
  'StreetNamePostDirectional',
]

/** Puts an address into the forms of USPS Publication 28, and says of each change what was there, what is, and by which rule. */
export function standardize(parsed: ParsedAddress): StandardAddress {
  const { form } = parsed
  const changes = new Changes()
  const runs = runsOf(parsed)
  const separator = runs.findIndex(({ label }) => label === 'IntersectionSeparator')
  const first = separator < 0 ? runs : runs.slice(0, separator)
  const written = new Map<Run, string>()
  for (const run of runs) {
    if (run.label === 'IntersectionSeparator') changes.note(run, { text: 'AND', rule: 'corner' })
    const write = writers[run.label]
    if (write) written.set(run, changes.note(run, write(run)))
  }
  const textOf = (label: FineLabel, among: readonly Run[] = first) =>
    join(
      ...among
        .filter((run) => run.label === label)
        .map((run) => written.get(run) ?? changes.note(run, { text: plain(run.text) })),
    )
  const fields: Fields = {}
  const set = (name: keyof Fields, value: string) => {
    if (value !== '') fields[name] = value
  }
  set('number', join(textOf('AddressNumberPrefix'), textOf('AddressNumber'), textOf('AddressNumberSuffix')))
  const street = new Map(streetLabels.map((label) => [label, textOf(label)]))
  set('street', join(...streetLabels.map((label) => street.get(label))))
  set('preDirectional', street.get('StreetNamePreDirectional') ?? '')
  set('streetName', join(...streetLabels.slice(1, 4).map((label) => street.get(label))))
  set('suffix', street.get('StreetNamePostType') ?? '')
  set('postDirectional', street.get('StreetNamePostDirectional') ?? '')
  if (separator >= 0) {
    const second = runs.slice(separator + 1)
    set('secondStreet', join(...streetLabels.map((label) => textOf(label, second))))
  }
  Object.assign(fields, unitsOf(runs, changes))
  set('building', join(textOf('BuildingName', runs), textOf('LandmarkName', runs)))
  setBox(fields, form, runs, changes)
  const attention = setRecipient(fields, runs, changes)
  setLastLine(fields, runs, written, changes)
  for (const run of runs)
    if (run.label === 'CountryName') changes.add(run, '', 'country')
    else if (run.label === 'CornerOf') changes.add(run, '', 'corner')
  const lines = linesOf(fields, attention)
  changes.leaveOut(runs, lines.all)
  return {
    form,
    lines: lines.all,
    deliveryLine: lines.delivery,
    lastLine: lines.last,
    fields,
    changes: changes.list.toSorted((a, b) => a.start - b.start),
  }
}

/** Without the number signs of highways (`HIGHWAY NO 33`). */
function streetName(text: string): Standard {
  const name = plain(text)
  const bare = name.replace(/^(NO|NUMBER|#) ?(?=\d|[A-Z]$)/, '')
  return { text: bare, ...(bare === name ? {} : { rule: 'highway' }) }
}

function setBox(fields: Fields, form: AddressForm, runs: readonly Run[], changes: Changes): void {
  const of = (label: FineLabel) => runs.filter((run) => run.label === label)
  const noted = (label: FineLabel, write: (text: string) => Standard) =>
    join(...of(label).map((run) => changes.note(run, write(run.text))))
  const noHash = (text: string) => plain(text).replaceAll('#', '').trim()
  if (of('USPSBoxGroupType').length > 0) {
    const rule = form === 'rural-route' || form === 'highway-contract' ? form : 'military'
    const type = form === 'rural-route' ? 'RR' : 'HC'
    const route = noted('USPSBoxGroupType', (text) =>
      rule === 'military' ? { text: plain(text) } : { text: type, ...(plain(text) === type ? {} : { rule }) },
    )
    fields.routeType = rule === 'military' ? route : type
    const number = noted('USPSBoxGroupID', (text) => {
      const bare = rule === 'military' ? plain(text) : routeNumber(text)
      return { text: bare, ...(bare === plain(text) ? {} : { rule }) }
    })
    if (number !== '') fields.routeNumber = number
    const box = noted('USPSBoxID', (text) => ({ text: noHash(text) }))
    noted('USPSBoxType', (text) => ({ text: 'BOX', ...(plain(text) === 'BOX' ? {} : { rule }) }))
    if (box !== '') Object.assign(fields, { boxType: 'BOX', boxNumber: box })
    return
  }
  if (of('USPSBoxType').length === 0) return
  const rule = form === 'general-delivery' ? form : 'box'
  const type = form === 'general-delivery' ? 'GENERAL DELIVERY' : 'PO BOX'
  noted('USPSBoxType', (text) => ({ text: type, ...(plain(text) === type ? {} : { rule }) }))
  fields.boxType = type
  const box = noted('USPSBoxID', (text) => ({ text: noHash(text) }))
  if (box !== '') fields.boxNumber = box
}

/** Sets the recipient, and returns the attention line, which stands above it. */
function setRecipient(fields: Fields, runs: readonly Run[], changes: Changes): string {
  let attention = ''
  const names: string[] = []
  for (const run of runs) {
    if (run.label !== 'Recipient') continue
    const text = changes.note(run, { text: plain(run.text) })
    const at = run.tokens.findIndex(({ text: word }) => /^(ATTN|ATTENTION|C\/O|ATTEN)$/.test(bareWord(word)))
    if (at <= 0) {
      if (at === 0) attention = join(attention, text)
      else names.push(text)
      continue
    }
    const split = run.tokens[at]?.start ?? run.start
    const before = plain(run.text.slice(0, split - run.start))
    names.push(before)
    attention = join(attention, plain(run.text.slice(split - run.start)))
    changes.add(run, `${attention} / ${before}`, 'attention')
  }
  if (names.length > 0) fields.recipient = names.join(' ')
  return attention
}

function setLastLine(
  fields: Fields,
  runs: readonly Run[],
  written: ReadonlyMap<Run, string>,
  changes: Changes,
): void {
  const cities = runs.filter(({ label }) => label === 'PlaceName')
  const [zip = '', plus4 = ''] = zipOf(runs, changes)
  if (zip !== '') fields.zip = zip
  if (plus4 !== '') fields.zip4 = plus4
  const states = runs.filter(({ label }) => label === 'StateName').map((run) => written.get(run) ?? '')
  // Some write the state twice, once in full.
  const [found = ''] = states
  if (found !== '') fields.state = found
  else {
    const known = stateOfZip(zip)
    const run = runs.find(({ label }) => label === 'ZipCode')
    if (known !== null && run) {
      fields.state = known
      changes.add({ start: run.start, end: run.start, text: '' }, known, 'state-of-zip')
    }
  }
  if (cities.length === 0) return
  fields.city = join(...cities.map((run) => changes.note(run, cityName(run, cities.length === 1 ? zip : ''))))
}

/** The city as its ZIP code has it where only a slip lies between. */
function cityName(run: Run, zip: string): Standard {
  const text = plain(run.text)
  const words = text.split(' ')
  const { places } = committedReader()
  const found = zip === '' ? null : places.matchBefore(words, 0, words.length, zip, null)
  const known = places.cityOfZip(zip)
  if (found?.match !== 'near-of-zip' || found.start > 0 || known === null) return { text }
  return { text: known.join(' '), rule: 'city-of-zip' }
}

function zipOf(runs: readonly Run[], changes: Changes): string[] {
  const run = runs.find(({ label }) => label === 'ZipCode')
  if (!run) return []
  const digits = plain(run.text).replaceAll(/[^\d]/g, '')
  const plus = runs.find(({ label }) => label === 'ZipPlus4')
  const plus4 = digits.length === 9 ? digits.slice(5) : plus ? plain(plus.text) : ''
  const zip = digits.length === 9 ? digits.slice(0, 5) : plain(run.text)
  const whole = plus4 === '' ? zip : `${zip}-${plus4}`
  if (plus) changes.add({ start: run.start, end: plus.end, text: `${run.text} ${plus.text}` }, whole, 'zip')
  else changes.note(run, { text: whole, ...(plain(run.text) === whole ? {} : { rule: 'zip' }) })
  return [zip, plus4]
}

function linesOf(fields: Fields, attention: string): { all: string[]; delivery: string; last: string } {
  const {
    number,
    street,
    secondStreet,
    boxType,
    boxNumber,
    routeType,
    routeNumber: route,
    zip,
    zip4,
  } = fields
  const unit = join(fields.subUnit, fields.unitDesignator, fields.unitNumber, fields.mailbox)
  const corner = secondStreet === undefined ? street : join(street, 'AND', secondStreet)
  const streetLine = join(number, corner, unit)
  const boxLine = join(routeType, route, boxType, boxNumber)
  // Mail goes to the line above the last one; of two addresses, that is the box (215).
  const delivery = boxLine !== '' ? boxLine : streetLine !== '' ? streetLine : (fields.building ?? '')
  const last = join(fields.city, fields.state, zip4 === undefined ? zip : `${zip}-${zip4}`)
  const all = [
    attention,
    fields.recipient ?? '',
    fields.building === delivery ? '' : (fields.building ?? ''),
    fields.urbanization === undefined ? '' : `URB ${fields.urbanization}`,
    boxLine === '' ? '' : streetLine,
    delivery,
    last,
  ].filter((line) => line !== '')
  return { all, delivery, last }
}
