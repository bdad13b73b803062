/**
 * The hosts of a Slurm host list (`scontrol show hostnames`): commas, ranges with leading zeroes, several brackets a name, suffixes after
 * a bracket, and boxes of coordinates (`bgl[000x133]`).
 * @throws RangeError for brackets that do not match, a range that runs backwards, or more than a million hosts
 */
export function expandHostList(text: string): string[] {
  return splitOutside(text).flatMap((part) => expandOne(part.trim()))
}

const mostHosts = 1_000_000

/** Cuts at commas that are in no bracket. */
export function splitOutside(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '[' || c === '(') depth++
    else if (c === ']' || c === ')') depth--
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
    if (depth < 0) throw new RangeError(`"${text}": a bracket closes that was not opened.`)
  }
  if (depth > 0) throw new RangeError(`"${text}": a bracket is not closed.`)
  parts.push(text.slice(from))
  return parts.filter((part) => part.trim() !== '')
}

function expandOne(text: string): string[] {
  const open = text.indexOf('[')
  if (open === -1) return [text]
  const close = text.indexOf(']', open)
  const before = text.slice(0, open)
  const numbers = text
    .slice(open + 1, close)
    .split(',')
    .flatMap(expandRange)
  const after = expandOne(text.slice(close + 1))
  if (numbers.length * after.length > mostHosts)
    throw new RangeError(`"${text}" is more than ${mostHosts} hosts.`)
  return numbers.flatMap((number) => after.map((rest) => before + number + rest))
}

function expandRange(text: string): string[] {
  const box = /^([0-9A-Z]+)x([0-9A-Z]+)$/.exec(text)
  if (box !== null && box[1]!.length === box[2]!.length) return expandBox(box[1]!, box[2]!)
  const range = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(text)
  if (range === null) {
    if (/^\s*\d+\s*$/.test(text)) return [text.trim()]
    throw new RangeError(`"[${text}]" is no number or range.`)
  }
  const [, low = '', high = ''] = range
  const count = Number(high) - Number(low) + 1
  if (count < 1) throw new RangeError(`"[${text}]" runs backwards.`)
  if (count > mostHosts) throw new RangeError(`"[${text}]" is more than ${mostHosts} hosts.`)
  return Array.from({ length: count }, (_, i) => String(Number(low) + i).padStart(low.length, '0'))
}

/** A box of coordinates, a digit in base 36 each. */
function expandBox(low: string, high: string): string[] {
  let all = ['']
  for (let i = 0; i < low.length; i++) {
    const from = parseInt(low[i]!, 36)
    const to = parseInt(high[i]!, 36)
    if (to < from) throw new RangeError(`"[${low}x${high}]" runs backwards.`)
    if (all.length * (to - from + 1) > mostHosts)
      throw new RangeError(`"[${low}x${high}]" is more than ${mostHosts} hosts.`)
    all = all.flatMap((head) =>
      Array.from({ length: to - from + 1 }, (_, k) => head + (from + k).toString(36).toUpperCase()),
    )
  }
  return all
}
