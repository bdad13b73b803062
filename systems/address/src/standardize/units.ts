import type { StandardAddress } from '../domain/standard-address.ts'
import { unitDesignators } from '../gazetteer/unit-designators.ts'
import { isAnyOf, mailboxWords, urbanizationWords } from '../parse/address-form.ts'
import { bareWord } from '../parse/tokenize.ts'
import type { Changes, Run } from './runs.ts'
import { plain, unitDesignator } from './standard-words.ts'

/** Unit, building, private mailbox and urbanization of an address, each with its number whichever stands first. */
export function unitsOf(runs: readonly Run[], changes: Changes): StandardAddress['fields'] {
  const fields: StandardAddress['fields'] = {}
  const subUnits: string[] = []
  for (const [type, id] of pairs(runs, 'SubaddressType', 'SubaddressIdentifier')) {
    const word = type ? bareWord(type.text) : ''
    const number = id ? noHash(id.text) : ''
    if (id) changes.note(id, { text: number })
    if (isAnyOf(word, urbanizationWords)) {
      if (type) changes.note(type, { text: 'URB', ...(word === 'URB' ? {} : { rule: 'urbanization' }) })
      fields.urbanization = number
    } else if (isAnyOf(word, mailboxWords)) {
      if (type) changes.note(type, { text: 'PMB', ...(word === 'PMB' ? {} : { rule: 'mailbox' }) })
      fields.mailbox = `PMB ${number}`.trim()
    } else subUnits.push(`${type ? changes.note(type, unitDesignator(type.text)) : ''} ${number}`.trim())
  }
  if (subUnits.length > 0) fields.subUnit = subUnits.join(' ')
  const units = pairs(runs, 'OccupancyType', 'OccupancyIdentifier').map(([type, id]) => {
    const standard = type ? unitDesignator(type.text) : null
    let number = id ? noHash(id.text) : ''
    if (type && id && id.start < type.start) {
      // 2nd floor is FL 2; of lower level, the first word is the designator.
      const own = unitDesignators.get(number)
      const swapped = own && !own.needsNumber ? own.standard : standard?.text
      number = own && !own.needsNumber ? '' : number.replace(/^(\d+)(ST|ND|RD|TH)$/, '$1')
      changes.add(
        { start: id.start, end: type.end, text: `${id.text} ${type.text}` },
        `${swapped} ${number}`.trim(),
        'unit-order',
      )
      return { designator: swapped ?? '', number }
    }
    // Some write only REAR or LOBBY.
    const alone = type ? undefined : unitDesignators.get(number)
    if (id && alone && !alone.needsNumber) {
      changes.note(id, { text: alone.standard, ...(alone.standard === number ? {} : { rule: 'unit' }) })
      return { designator: alone.standard, number: '' }
    }
    if (type && standard) changes.note(type, standard)
    if (id)
      changes.note(id, {
        text: type ? number : `# ${number}`,
        ...(plain(id.text) === number || !type ? {} : { rule: 'unit' }),
      })
    return { designator: standard?.text ?? '#', number }
  })
  const last = units.pop()
  if (last) {
    fields.unitDesignator = last.designator
    if (last.number !== '') fields.unitNumber = last.number
  }
  const others = units.map(({ designator, number }) => `${designator} ${number}`.trim())
  if (others.length > 0) fields.subUnit = [fields.subUnit, ...others].filter(Boolean).join(' ')
  return fields
}

const noHash = (text: string) => plain(text).replaceAll('#', '').trim()

/** Types with the identifiers beside them. */
function pairs(
  runs: readonly Run[],
  type: Run['label'],
  id: Run['label'],
): [type: Run | null, id: Run | null][] {
  const found: [Run | null, Run | null][] = []
  for (const run of runs) {
    if (run.label !== type && run.label !== id) continue
    const side = run.label === type ? 0 : 1
    const last = found.at(-1)
    const partner = last?.[(1 - side) as 0 | 1]
    if (last && last[side] === null && partner && Math.abs(runs.indexOf(partner) - runs.indexOf(run)) === 1)
      last[side] = run
    else found.push(side === 0 ? [run, null] : [null, run])
  }
  return found
}
